/* The relations of a form, judged while one types: the same verdicts and sentences as core/checks/relations.py,
   exact to four decimals. The server judges again; this only saves the way there. */
"use strict";

const Relations = (() => {
  const SCALE = 10000n;
  const FEW = 3;
  const WORDS = { "=": "不等于", "<=": "大于", ">=": "小于" };

  /** "76.1" → 761000n; nothing for a blank. */
  function number(text) {
    if (text === undefined || text === null || text === "") return null;
    const match = /^([+-]?)(\d*)(?:\.(\d{0,4})0*)?$/.exec(text);
    if (!match || (match[2] === "" && !match[3])) return null;
    const value = BigInt(match[2] || "0") * SCALE + BigInt((match[3] || "").padEnd(4, "0"));
    return match[1] === "-" ? -value : value;
  }

  /** 761000n → "76.1". */
  function text(value) {
    const sign = value < 0n ? "-" : "";
    const size = value < 0n ? -value : value;
    const decimals = String(size % SCALE).padStart(4, "0").replace(/0+$/, "");
    return `${sign}${size / SCALE}${decimals ? `.${decimals}` : ""}`;
  }

  function side(summands, values, previous) {
    const parts = [];
    for (const summand of summands) {
      const source = summand.previous ? previous : values;
      if ((summand.unless || []).some((place) => number(source[place]) !== null)) continue;
      parts.push({ at: summand.at, sign: BigInt(summand.sign || 1), value: number(source[summand.at]), before: !!summand.previous });
    }
    return {
      parts,
      filled: parts.some((part) => part.value !== null),
      leads: parts.length > 0 && parts[0].value !== null,
      sum: parts.reduce((sum, part) => sum + (part.value === null ? 0n : part.sign * part.value), 0n),
    };
  }

  function spelled(side) {
    let told = side.parts.filter((part) => part.value !== null).map((part) => part.sign * part.value);
    const some = told.filter((value) => value !== 0n);
    told = some.length ? some : told.slice(0, 1);
    if (!told.length) return "空白";
    const words = told.map((value, index) =>
      index ? ` ${value < 0n ? "-" : "+"} ${text(value < 0n ? -value : value)}` : text(value)).join("");
    return told.length > 1 ? `${words} = ${text(side.sum)}` : words;
  }

  /** What a side adds up to; its cells by name where they are few. */
  function named(side, labels) {
    const parts = side.parts.filter((part) => part.value !== null && part.value !== 0n);
    if (parts.length > FEW) return `各项加起来是 ${spelled(side)}`;
    return parts.map((part) => `“${labels[row(part.at)]}”有 ${text(part.value)}`).join("、");
  }

  /** "stat65/req_web/value" → "stat65/req_web". */
  function row(place) {
    return place.slice(0, place.lastIndexOf("/"));
  }

  function holds(operator, left, right) {
    return operator === "=" ? left === right : operator === "<=" ? left <= right : left >= right;
  }

  function verdict(line, left, right) {
    const both = left.filled && right.filled;
    if (!left.filled && !right.filled) return "silent";
    if (line.is !== "=" || line.crosses) {
      if (!(line.crosses ? left.leads && right.leads : both)) return "silent";
      return holds(line.is, left.sum, right.sum) ? "holds" : "broken";
    }
    if (left.sum === right.sum) return both ? "holds" : "silent";
    const blank = new Set([...left.parts, ...right.parts].filter((part) => part.value === null).map((part) => part.at));
    if (line.anchors.some((place) => blank.has(place))) return "total-blank";
    return both ? "broken" : "parts-blank";
  }

  function sentence(line, what, left, right, values, labels) {
    const where = line.name ? `${line.name}，` : "";
    if (what === "broken") {
      const gap = left.sum - right.sum;
      return `${where}应当${line.title}，但 ${spelled(left)}，${WORDS[line.is]} ${spelled(right)}，相差 ${text(gap < 0n ? -gap : gap)}`;
    }
    if (what === "total-blank") {
      if (line.each === "row") return `${where}合计空白，而各部分加起来是 ${spelled(right)}`;
      const blank = line.anchors
        .map((place) => (number(values[place]) === null ? `“${labels[row(place)]}”` : ""))
        .filter(Boolean).join("、");
      return `${where}${blank}空白，而${named(right.sum !== 0n ? right : left, labels)}`;
    }
    return `${where}合计为 ${spelled(left)}，而各部分都空白，无法核对`;
  }

  /** Every line that does not hold, errors first.
      lines, levels and labels as relations.py writes them; values and previous: place → decimal text. */
  function judge({ lines, levels, labels }, values, previous) {
    const order = { error: 0, warning: 1, note: 2 };
    const found = [];
    for (const line of lines) {
      if (line.crosses && !previous) continue;
      const left = side(line.left, values, previous || {});
      const right = side(line.right, values, previous || {});
      const what = verdict(line, left, right);
      if (what === "silent" || what === "holds") continue;
      const places = [...left.parts, ...right.parts].filter((part) => !part.before && part.value !== null).map((part) => part.at);
      // a blank total can be filled with what its parts add up to
      const blank = what === "total-blank" && line.right.length > 1 && line.left.length === 1 && number(values[line.anchors[0]]) === null;
      found.push({
        rule: line.rule,
        level: levels[what] || line.level,
        what,
        message: sentence(line, what, left, right, values, labels),
        anchor: line.anchors[0],
        places,
        sum: blank ? text(right.sum) : null,
      });
    }
    return found.sort((one, other) => order[one.level] - order[other.level]);
  }

  return { judge, number, text };
})();

if (typeof module !== "undefined") module.exports = Relations;
