/* The editor of texts. The text area stays the truth: it is kept filled, and works without this. */
"use strict";

const WORDS = {
  "Rich Text Area": "正文编辑框", "Rich Text Area. Press ALT-0 for help.": "正文编辑框",
  "Bold": "加粗", "Italic": "倾斜", "Underline": "下划线", "Undo": "撤销", "Redo": "重做", "Paragraph": "正文", "Heading 2": "一级标题", "Heading 3": "二级标题", "Heading 4": "三级标题",
  "Blocks": "段落", "Block {0}": "段落：{0}", "Align left": "左对齐", "Align center": "居中", "Align right": "右对齐", "Bullet list": "项目符号", "Numbered list": "编号", "Table": "表格",
  "Insert/edit link": "插入链接", "Find and replace": "查找替换", "Find and Replace": "查找替换", "Clear formatting": "清除格式", "More...": "更多", "Reveal or hide additional toolbar items": "更多按钮",
  "Insert table": "插入表格", "Table properties": "表格属性", "Delete table": "删除表格", "Cell": "单元格", "Row": "行", "Column": "列", "Cell properties": "单元格属性", "Merge cells": "合并单元格", "Split cell": "拆分单元格",
  "Row properties": "行属性", "Insert row before": "在上方插入行", "Insert row after": "在下方插入行", "Delete row": "删除行", "Cut row": "剪切行", "Copy row": "复制行", "Paste row before": "在上方粘贴行", "Paste row after": "在下方粘贴行",
  "Insert column before": "在左侧插入列", "Insert column after": "在右侧插入列", "Delete column": "删除列", "Cut column": "剪切列", "Copy column": "复制列", "Paste column before": "在左侧粘贴列", "Paste column after": "在右侧粘贴列",
  "URL": "网址", "Text to display": "显示的文字", "Open link in...": "打开方式", "Current window": "当前窗口", "New window": "新窗口", "Title": "标题", "Link...": "链接…", "Link": "链接", "Remove link": "取消链接", "Open link": "打开链接",
  "Save": "确定", "Cancel": "取消", "Close": "关闭", "Find": "查找", "Replace": "替换", "Replace all": "全部替换", "Replace with": "替换为", "Previous": "上一个", "Next": "下一个", "Match case": "区分大小写", "Find whole words only": "全词匹配", "Find in selection": "在所选文字中查找", "Preferences": "选项",
  "Could not find the specified string.": "没有找到。", "Cut": "剪切", "Copy": "复制", "Paste": "粘贴", "Select all": "全选", "Formats": "格式", "Insert": "插入", "{0}x{1}": "{0}×{1}", "{0} columns, {1} rows": "{0} 列，{1} 行", "Header": "表头", "Footer": "表尾", "Body": "表体", "Header cell": "表头单元格", "Cell type": "单元格类型", "Row type": "行类型", "Alignment": "对齐", "None": "无", "Left": "左", "Center": "中", "Right": "右", "Scope": "范围", "Height": "高", "Width": "宽", "Horizontal align": "水平对齐", "Vertical align": "垂直对齐", "Show caption": "显示表题", "Press the Up and Down arrow keys to resize the editor.": "按上下键调整高度", "Editor Resize Handle": "调整高度",
};

document.addEventListener("DOMContentLoaded", () => {
  const area = document.querySelector("textarea[data-editor]");
  if (!area || !window.hugerte) return;
  const dark = document.documentElement.classList.contains("w-theme-dark") || (matchMedia("(prefers-color-scheme: dark)").matches && !document.documentElement.classList.contains("w-theme-light"));
  const base = new URL(".", document.querySelector("script[src*='hugerte/hugerte.min']").src).pathname.replace(/\/$/, "");
  const sheets = ["tokens.css", "information/body.css"].map((name) => document.querySelector(`link[data-body-sheet='${name}']`)?.href).filter(Boolean);
  const label = document.querySelector(`label[for='${area.id}']`);
  const setup = document.getElementById("edit-setup");
  const folder = setup ? JSON.parse(setup.textContent).pictures : "";
  hugerte.addI18n("zh_CN", WORDS);
  hugerte.init({
    target: area,
    base_url: base,
    suffix: ".min",
    language: "zh_CN",
    language_load: false,
    skin: dark ? "oxide-dark" : "oxide",
    content_css: sheets,
    plugins: "lists link table searchreplace autoresize",
    menubar: false,
    branding: false,
    promotion: false,
    statusbar: false,
    toolbar: "undo redo | blocks | bold | alignleft aligncenter alignright | table picture link | bullist numlist | searchreplace removeformat",
    toolbar_mode: "wrap",
    block_formats: "正文=p;一级标题=h2;二级标题=h3;三级标题=h4",
    formats: {
      alignleft: { selector: "p,h2,h3,h4,td,th", attributes: { class: "align-left" } },
      aligncenter: { selector: "p,h2,h3,h4,td,th", attributes: { class: "align-center" } },
      alignright: { selector: "p,h2,h3,h4,td,th", attributes: { class: "align-right" } },
          },
    table_advtab: false,
    table_cell_advtab: false,
    table_row_advtab: false,
    table_appearance_options: false,
    table_default_attributes: {},
    table_default_styles: {},
    table_sizing_mode: "responsive",
    object_resizing: false,
    paste_data_images: true,
    automatic_uploads: false,
    relative_urls: false,
    convert_urls: false,
    entity_encoding: "raw",
    iframe_aria_text: label ? label.textContent.trim() : "正文",
    min_height: 380,
    max_height: 900,
    autoresize_bottom_margin: 16,
    setup(editor) {
      if (folder) Pictures.join(editor, folder);
      const tell = () => {
        const html = editor.getContent();
        // a picture that is still on its way has no place of its own yet
        if (html === area.value || /<img [^>]*src="data:/.test(html)) return;
        area.value = html;
        area.dispatchEvent(new Event("input", { bubbles: true }));
      };
      editor.on("input change undo redo ExecCommand SetContent", () => { if (editor.initialized) tell(); });
      editor.on("init", () => {
        area.dataset.ready = "";
        editor.getDoc().documentElement.lang = "zh-hans";
        area.addEventListener("take", () => { editor.setContent(area.value); });
      });
    },
  });
});
