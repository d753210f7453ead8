/* Pictures in a text: pasted from Word and WPS, from the clipboard, or chosen; uploaded, and told in words. */
"use strict";

const Pictures = (() => {
  const FORMATS = { pngblip: "image/png", jpegblip: "image/jpeg" };
  const OUTSIDE = /^(?!\/desk\/information\/\d+\/pictures\/)/i;
  const NOTHING = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7";
  const LIMIT = 60000000; // characters of a clipboard that are looked through

  /* Word and WPS name pictures on their own disk, which no browser opens; the pictures themselves stand in the RTF.
     One entry for each picture in its order, null for a drawing that browsers do not show. */
  function fromRtf(rtf) {
    const found = [];
    if (!rtf || rtf.length > LIMIT) return found;
    const groups = /\{\\\*?\\?(nonshppict)|\{\\pict\b/g;
    let match;
    while ((match = groups.exec(rtf))) {
      const end = endOf(rtf, match.index);
      if (!match[1]) found.push(picture(rtf.slice(match.index, end)));
      groups.lastIndex = end;
    }
    return found;
  }

  function endOf(rtf, start) {
    let depth = 0;
    for (let at = start; at < rtf.length; at += 1) {
      const sign = rtf[at];
      if (sign === "\\") at += 1;
      else if (sign === "{") depth += 1;
      else if (sign === "}") { depth -= 1; if (!depth) return at + 1; }
    }
    return rtf.length;
  }

  function picture(group) {
    const kind = /\\(pngblip|jpegblip)\b/.exec(group);
    if (!kind) return null;
    let inside = group;
    for (let before = ""; before !== inside;) { before = inside; inside = inside.replace(/(?!^)\{[^{}]*\}/g, ""); }
    const digits = inside.replace(/^\{|\}$/g, "").replace(/\\[a-z]+-?\d* ?|\\\*/gi, "").replace(/[^0-9a-f]/gi, "");
    if (digits.length < 16 || digits.length % 2) return null;
    const bytes = new Uint8Array(digits.length / 2);
    for (let at = 0; at < bytes.length; at += 1) bytes[at] = parseInt(digits.substr(2 * at, 2), 16);
    return new Blob([bytes], { type: FORMATS[kind[1]] });
  }

  function fromData(source) {
    const told = /^data:(image\/(?:png|jpeg|webp|gif));base64,([A-Za-z0-9+/=\s]+)$/.exec(source);
    if (!told) return null;
    const text = atob(told[2].replace(/\s/g, ""));
    return new Blob([Uint8Array.from(text, (letter) => letter.charCodeAt(0))], { type: told[1] });
  }

  /* what is pasted, with its pictures where they could be had; the others go, and somebody says so */
  function settled(html, rtf) {
    const page = new DOMParser().parseFromString(html, "text/html");
    const images = [...page.querySelectorAll("img")].filter((image) => OUTSIDE.test(image.getAttribute("src") || ""));
    const own = images.filter((image) => /^file:/i.test(image.getAttribute("src") || ""));
    const drawn = own.length ? fromRtf(rtf) : [];
    const blobs = [];
    let lost = 0;
    for (const image of images) {
      const source = image.getAttribute("src") || "";
      const blob = fromData(source) || (own.length === drawn.length ? drawn[own.indexOf(image)] : null);
      if (blob) image.replaceWith(waiting(page, blobs.push(blob) - 1));
      else { image.remove(); lost += 1; }
    }
    return { html: images.length ? page.body.innerHTML : html, blobs, lost };
  }

  /* names of files and what programs guess of a picture are no words for those who cannot see it: none are taken over */
  function waiting(page, number) {
    const image = page.createElement("img");
    image.setAttribute("src", NOTHING);
    image.setAttribute("alt", "");
    image.setAttribute("data-mce-waiting", String(number));
    return image;
  }

  async function upload(blob, name, folder) {
    const box = document.querySelector("[data-upload]");
    const ending = (blob.type || "image/png").split("/")[1].replace("jpeg", "jpg");
    const file = new File([blob], /\.[a-z]+$/i.test(name || "") ? name : `图片.${ending}`, { type: blob.type });
    const done = await window.sendFile(box, file);
    if (!done.is_picture) throw new Error("只能插入 PNG、JPEG、WebP、GIF 图片。");
    if (!done.public) throw new Error(done.note || "图片太大，不能放在正文里。请压缩到 4 MB 以内再插入。");
    return folder + done.public;
  }

  function ask(editor, image) {
    editor.windowManager.open({
      title: "图片的说明",
      body: { type: "panel", items: [
        { type: "htmlpanel", html: "<p>看不见图片的人，听到的是这句说明。写清图里有什么，例如“新城水厂改造前后供水范围对比图”。</p>" },
        { type: "input", name: "alt", label: "说明" },
      ] },
      initialData: { alt: image.getAttribute("alt") || "" },
      buttons: [{ type: "cancel", text: "取消" }, { type: "submit", text: "确定", primary: true }],
      onSubmit(dialog) {
        const alt = dialog.getData().alt.trim();
        editor.undoManager.transact(() => image.setAttribute("alt", alt));
        dialog.close();
        editor.dispatch("change");
      },
    });
  }

  function say(editor, text, type = "warning") {
    editor.notificationManager.open({ text, type, timeout: 12000 });
  }

  /* one after the other into the places that wait for them; resolves to those that came */
  async function bring(editor, blobs, folder) {
    const came = [];
    for (const [number, blob] of blobs.entries()) {
      const image = editor.getBody().querySelector(`img[data-mce-waiting="${number}"]`);
      if (!image) continue;
      try {
        const source = await upload(blob, blob.name, folder);
        for (const name of ["src", "data-mce-src"]) image.setAttribute(name, source);
        image.removeAttribute("data-mce-waiting");
        came.push(image);
      } catch (error) {
        image.remove();
        say(editor, error.message, "error");
      }
    }
    editor.undoManager.add();
    editor.dispatch("change");
    return came;
  }

  async function insert(editor, files, folder) {
    const page = editor.getDoc();
    editor.insertContent([...files].map((_, number) => waiting(page, number).outerHTML).join(""));
    const came = await bring(editor, [...files], folder);
    if (came.length === 1) ask(editor, came[0]);
  }

  function choose(editor, folder) {
    const chosen = editor.selection.getNode();
    if (chosen.nodeName === "IMG") { ask(editor, chosen); return; }
    const input = document.createElement("input");
    Object.assign(input, { type: "file", accept: "image/png,image/jpeg,image/webp,image/gif", multiple: true });
    input.addEventListener("change", () => { if (input.files.length) insert(editor, input.files, folder); });
    input.click();
  }

  const images = (data) => (data ? [...data.files].filter((file) => /^image\//.test(file.type)) : []);

  /* takes part in the set-up of an editor */
  function join(editor, folder) {
    let rtf = "";
    let blobs = [];
    editor.ui.registry.addButton("picture", { icon: "image", tooltip: "插入图片；选中图片后，写图片的说明", onAction: () => choose(editor, folder) });
    editor.on("paste", (event) => {
      const data = event.clipboardData;
      if (!data) return;
      rtf = data.getData("text/rtf");
      if (data.types.includes("text/html") || !images(data).length) return;
      event.preventDefault();
      insert(editor, images(data), folder);
    }, true);
    editor.on("drop", (event) => {
      if (!images(event.dataTransfer).length) return;
      event.preventDefault();
      insert(editor, images(event.dataTransfer), folder);
    }, true);
    editor.on("PastePreProcess", (event) => {
      const told = settled(event.content, rtf);
      rtf = "";
      blobs = told.blobs;
      event.content = told.html;
      if (told.lost) say(editor, `有 ${told.lost} 张图片没有带过来。请另存图片，再用工具栏的“图片”按钮插入。`);
      if (blobs.length) setTimeout(() => bring(editor, blobs, folder), 0);
    });
    editor.on("dblclick", (event) => { if (event.target.nodeName === "IMG") ask(editor, event.target); });
  }

  return { join, upload, fromRtf };
})();
