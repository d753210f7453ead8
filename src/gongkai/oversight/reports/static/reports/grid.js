/* A printed table as a grid: where the arrows lead, and where a pasted block goes. */
"use strict";

class Grid {
  constructor(table) {
    this.table = table;
    this.lines = [...table.querySelectorAll("tbody tr")].map((row) =>
      [...row.querySelectorAll("td.box")].map((cell) => cell.querySelector("input[type=text]")).filter(Boolean));
  }

  place(input) {
    const line = this.lines.findIndex((inputs) => inputs.includes(input));
    return line < 0 ? null : { line, column: this.lines[line].indexOf(input) };
  }

  /** The field in the printed column of *input*, up or down. */
  vertical(input, step) {
    const column = Number(input.closest("td").dataset.column);
    const at = this.place(input);
    for (let line = at.line + step; line >= 0 && line < this.lines.length; line += step) {
      const inputs = this.lines[line];
      const same = inputs.find((one) => Number(one.closest("td").dataset.column) === column) || inputs[Math.min(at.column, inputs.length - 1)];
      if (same) return same;
    }
    return null;
  }

  horizontal(input, step) {
    const all = this.lines.flat();
    return all[all.indexOf(input) + step] || null;
  }

  /** Pairs of field and text for a block copied from a spreadsheet, from *input* to the right and down.
      Title lines of the form count as lines when the block was copied with them, else they are passed over. */
  spread(input, text) {
    const block = text.replace(/\r\n?/g, "\n").replace(/\n$/, "").split("\n").map((row) => row.split("\t"));
    const at = this.place(input);
    const fits = block.every((row, index) => (this.lines[at.line + index] || []).length || row.every((cell) => !cell.trim()));
    const lines = fits ? this.lines.slice(at.line) : this.lines.slice(at.line).filter((inputs) => inputs.length);
    const pairs = [];
    let lost = 0;
    block.forEach((row, index) => {
      const inputs = lines[index] || [];
      row.forEach((cell, offset) => {
        const field = inputs[at.column + offset];
        if (field) pairs.push([field, cell.trim()]);
        else if (cell.trim()) lost += 1;
      });
    });
    return { pairs, lost };
  }
}
