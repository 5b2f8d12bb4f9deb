"use strict";
(() => {
  const form = document.querySelector(".filters");
  const detail = document.getElementById("detail");
  const start = [...detail.childNodes];
  const marks = [...document.querySelectorAll("button.n")];
  const lines = [...document.querySelectorAll("#ledger tr.line")];
  const names = [...document.querySelectorAll("#ledger th")].map((head) => head.textContent);
  const words = (text) => (text ? text.split(" ") : []);
  let pinned = null;

  // Which numbers are asked for. A line of the ledger knows everything about its number.
  const wanted = () => {
    const asked = new FormData(form);
    const status = new Set(asked.getAll("status"));
    const [metric, rule, path] = ["metric", "rule", "path"].map((name) => asked.get(name));
    const all = status.size === form.querySelectorAll("[name=status]").length && !metric && !rule && !path;
    const fits = ({ dataset }) =>
      status.has(dataset.s) &&
      (!metric || dataset.metric === metric) &&
      (!rule || words(dataset.rules).includes(rule)) &&
      (!path || dataset.path === path);
    return { all, status, metric, rule, path, fits };
  };

  const filter = () => {
    const asked = wanted();
    const on = lines.map((line) => asked.all || asked.fits(line));
    lines.forEach((line, at) => { line.hidden = !on[at]; });
    for (const mark of marks) {
      mark.disabled = !on[mark.dataset.n];
    }
    for (const slide of document.querySelectorAll(".slide")) {
      slide.hidden = !asked.all && !slide.querySelector("button.n:enabled");
    }
    for (const part of document.querySelectorAll(".document")) {
      part.hidden = !asked.all && !part.querySelector(".slide:not([hidden])");
    }
    for (const finding of document.querySelectorAll("#findings .finding")) {
      const { rule, path, metrics } = finding.dataset;
      finding.hidden =
        !asked.status.has("disagrees") ||
        (asked.rule && asked.rule !== rule) ||
        (asked.path && asked.path !== path) ||
        (asked.metric && !words(metrics).includes(asked.metric));
    }
    for (const page of document.querySelectorAll(".metric")) {
      const own = [...page.querySelectorAll("tr.line")];
      own.forEach((line) => { line.hidden = !on[line.dataset.claim]; });
      const other = asked.metric && page.dataset.metric !== asked.metric;
      page.hidden = !asked.all && (other || (!asked.metric && !own.some((line) => !line.hidden)));
    }
    const count = on.filter(Boolean).length;
    document.getElementById("shown").textContent = asked.all ? "" : `${count} of ${lines.length} numbers`;
  };

  const element = (name, text) => {
    const made = document.createElement(name);
    made.textContent = text;
    return made;
  };

  // The detail of a number is its line of the ledger, and its findings; their nodes are copied, never their markup.
  const show = (mark) => {
    const line = mark && lines[mark.dataset.n];
    if (!line) {
      detail.replaceChildren(...start);
      return;
    }
    const [number, ...cells] = line.cells;
    const big = element("p", number.textContent);
    big.className = "big";
    const list = document.createElement("dl");
    cells.forEach((cell, at) => {
      if (cell.textContent) {
        const said = document.createElement("dd");
        said.append(...[...cell.cloneNode(true).childNodes].map((node) => (node.nodeName === "A" ? node.textContent : node)));
        list.append(element("dt", names[at + 1]), said);
      }
    });
    const findings = words(line.dataset.findings).map((at) => {
      const copy = document.getElementById(`f${at}`).cloneNode(true);
      copy.removeAttribute("id");
      copy.hidden = false;
      copy.querySelectorAll("a").forEach((link) => link.remove());
      return copy;
    });
    detail.replaceChildren(big, ...findings, list);
  };

  const pin = (mark) => {
    pinned?.removeAttribute("aria-pressed");
    pinned = mark;
    pinned?.setAttribute("aria-pressed", "true");
    show(pinned);
  };

  const markOf = (event) => event.target.closest?.("button.n:enabled");
  const slides = document.getElementById("slides");
  slides.addEventListener("click", (event) => {
    const mark = markOf(event);
    if (mark) {
      pin(mark === pinned ? null : mark);
    }
  });
  slides.addEventListener("mouseover", (event) => {
    const mark = markOf(event);
    if (mark && !pinned) {
      show(mark);
    }
  });
  slides.addEventListener("focusin", (event) => {
    const mark = markOf(event);
    if (mark && !pinned) {
      show(mark);
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      pin(null);
    }
  });
  // A link to a number leads to its mark and shows what is known of it.
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[data-n]");
    const mark = link && document.getElementById(`n${link.dataset.n}`);
    if (mark && !mark.disabled && !mark.closest("[hidden]")) {
      event.preventDefault();
      mark.scrollIntoView({ block: "center" });
      mark.focus({ preventScroll: true });
      pin(mark);
    }
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("change", filter);
  form.addEventListener("reset", () => setTimeout(filter));
  filter();
})();
