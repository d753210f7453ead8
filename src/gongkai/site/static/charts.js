/* Draws every <figure data-chart> from the table inside it. Colours come from tokens.css; axes start at zero;
   names and numbers stand beside what they belong to. Without this script the table says the same. */
(() => {
  if (typeof echarts === "undefined") return;
  const drawn = new Map();

  const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const palette = () => [1, 2, 3, 4, 5, 6, 7].map((n) => token(`--chart-${n}`));
  const symbols = ["circle", "rect", "triangle", "diamond", "pin", "arrow", "emptyCircle"];

  const read = (figure) => {
    const table = figure.querySelector("table");
    const names = [...table.tHead.rows[0].cells].slice(1).map((cell) => cell.dataset.name);
    const rows = [...table.tBodies[0].rows];
    return {
      kind: figure.dataset.chart,
      unit: figure.dataset.unit,
      names,
      categories: rows.map((row) => row.cells[0].textContent.trim()),
      values: names.map((_, at) => rows.map((row) => {
        const value = row.cells[at + 1].dataset.value;
        return value === undefined ? null : Number(value);
      })),
    };
  };

  const option = (data, width) => {
    const lying = data.kind !== "line" && data.categories.length > 8 && data.categories.some((c) => c.length > 5);
    /* the same name in two eras keeps its colour and its place in the legend, but the line breaks */
    const distinct = [...new Set(data.names)];
    const single = distinct.length === 1;
    const faint = token("--ink-faint");
    const ink = token("--ink");
    const text = { color: ink, fontFamily: token("--sans") || "sans-serif", fontSize: 13 };
    // long names below bars break over lines, so that each bar has its name
    const place = data.kind !== "line" && data.categories.length <= 8 ? Math.max((width - 60) / data.categories.length - 8, 40) : undefined;
    const category = {
      type: "category",
      data: data.categories,
      inverse: lying,
      axisTick: { show: false },
      axisLine: { lineStyle: { color: token("--line-strong") } },
      axisLabel: { color: faint, hideOverlap: !lying && !place, interval: lying || place ? 0 : "auto", width: lying ? 110 : place, overflow: lying ? "truncate" : "break" },
    };
    const value = {
      type: "value",
      min: 0,
      minInterval: 1,
      splitLine: { lineStyle: { color: token("--line") } },
      axisLabel: { color: faint },
    };
    const narrow = width < 480;
    // names at the ends of lines lose their way among the numbers of many points
    const listed = !single && (data.kind !== "line" || narrow || data.categories.length > 10);
    const colours = palette();
    const low = Math.max(...data.values.flat()) / 12;
    const series = data.names.map((name, column) => {
      const at = distinct.indexOf(name);
      const color = colours[at % colours.length];
      if (data.kind === "line") {
        return {
          name, type: "line", data: data.values[column], color, connectNulls: false, symbol: symbols[at], symbolSize: 8,
          lineStyle: { width: 2.5, type: ["solid", "dashed", "dotted"][at % 3] },
          label: { show: !narrow || single, position: at % 2 ? "bottom" : "top", color: ink },
          // a number below a point on the axis would lie on the name of the axis
          ...(at % 2 ? { data: data.values[column].map((value) => (value !== null && value < low ? { value, label: { position: "top" } } : value)) } : {}),
          endLabel: { show: !single && !listed, formatter: "{a}", color: ink },
          labelLayout: { moveOverlap: "shiftY" },
        };
      }
      const stacked = data.kind === "stack";
      return {
        name, type: "bar", data: data.values[column], color, stack: stacked ? "whole" : undefined, barMaxWidth: 36,
        label: stacked
          ? { show: !narrow, position: "inside", color: token("--paper"), formatter: (p) => (p.value ? String(p.value) : ""), }
          : { show: !narrow || single, position: lying ? "right" : "top", color: ink },
        labelLayout: { hideOverlap: true },
        itemStyle: { borderColor: token("--paper"), borderWidth: stacked ? 1 : 0 },
      };
    });
    const legend = listed;
    const lines = legend ? Math.ceil(distinct.reduce((sum, name) => sum + name.length * 13 + 54, 0) / Math.max(width - 16, 1)) : 0;
    return {
      animation: false,
      
      textStyle: text,
      aria: { enabled: false },
      legend: legend ? { show: true, top: 0, left: 0, itemGap: 14, data: distinct, textStyle: { color: ink }, selectedMode: false } : { show: false },
      grid: { left: 8, right: data.kind === "line" && !single && !listed ? 96 : lying ? 44 : 12, top: legend ? 12 + lines * 24 : 26, bottom: 4, containLabel: true },
      tooltip: { trigger: "axis", renderMode: "richText", axisPointer: { type: "shadow", shadowStyle: { opacity: 0.12 } }, confine: true },
      xAxis: lying ? value : category,
      yAxis: lying ? category : value,
      series,
    };
  };

  const draw = (figure) => {
    const canvas = figure.querySelector(".drawing-canvas");
    const data = read(figure);
    if (!data.names.length || data.categories.length < 2) return;
    canvas.hidden = false;
    if (data.kind !== "line" && data.categories.length > 8) {
      canvas.classList.add("is-tall");
      canvas.style.setProperty("--rows", String(Math.min(data.categories.length, 60)));
    }
    let chart = drawn.get(figure);
    if (!chart) {
      chart = echarts.init(canvas, null, { renderer: "canvas" });
      drawn.set(figure, chart);
      new ResizeObserver(() => {
        chart.resize();
        chart.setOption(option(data, canvas.clientWidth), true);
      }).observe(canvas);
    }
    chart.setOption(option(data, canvas.clientWidth), true);
  };

  const all = () => document.querySelectorAll("figure[data-chart]").forEach(draw);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", all);
  else all();
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", all);
  window.addEventListener("beforeprint", () => drawn.forEach((chart) => chart.resize()));
})();
