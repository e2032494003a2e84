"use strict";
(() => {
  const $ = (id) => document.getElementById(id);
  const make = (tag, attributes = {}, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children); // strings become text, never markup
    return element;
  };
  const number = (n) => n.toLocaleString("en");
  const percent = (share) => (share > 0 && share < 0.0005 ? "< 0.1 %" : (100 * share).toFixed(1) + " %");
  const plural = (n, word) => `${number(n)} ${word}${n === 1 ? "" : "s"}`;

  // What can't be seen is shown by pictures and names, so that nothing in a document steers the page.
  const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Cn}\p{Co}\p{Zl}\p{Zp}]/gu;
  const visible = (text) =>
    text.replace(/\r\n/g, "\n").replace(unseen, (c) => {
      if (c === "\n" || c === "\t" || c === "\u200c" || c === "\u200d") return c;
      const code = c.codePointAt(0);
      return code < 0x20 ? String.fromCharCode(0x2400 + code) : `⟨U+${code.toString(16).toUpperCase().padStart(4, "0")}⟩`;
    });
  const oneLine = (text) => visible(text).replace(/\n/g, "↵").replace(/\t/g, "␉");
  const lineEnds = (text) => visible(text).replace(/\n/g, "↵\n").replace(/\n$/, "");

  // ---- data: compressed chunks in the page, unpacked when they are asked for -------------------
  const unpack = async (name) => {
    const packed = atob($(name).textContent);
    const bytes = Uint8Array.from(packed, (c) => c.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
    return JSON.parse(await new Response(stream).text());
  };
  const kept = new Map();
  const chunk = (n) => {
    if (!kept.has(n)) {
      if (kept.size >= 6) kept.delete(kept.keys().next().value);
      kept.set(n, unpack(`chunk-${n}`));
    }
    return kept.get(n);
  };

  let index; // paths, edits, flags, shares, langs, rules of every document
  let order = []; // numbers of the documents in the list
  let current = -1; // place in `order`
  let shown = null; // the document in view
  let search = 0; // grows with every change of the filters, to end an older search

  // ---- reviews: kept in this browser, saved as review.toml -------------------------------------
  const STORE = "cleantext-review:" + document.documentElement.dataset.run;
  let verdicts = new Map();
  try {
    verdicts = new Map(JSON.parse(localStorage.getItem(STORE) || "[]"));
  } catch {
    // no storage, such as in a private window: reviews last as long as the page
  }
  const remember = () => {
    try {
      localStorage.setItem(STORE, JSON.stringify([...verdicts]));
    } catch {
      // as above
    }
    $("save").hidden = verdicts.size === 0;
    $("save").textContent = `Save review.toml (${number(verdicts.size)})`;
  };
  const keyOf = (path, f) => JSON.stringify([path, f.start, f.rule]);
  const quoted = (text) =>
    '"' +
    text.toWellFormed().replace(/["\\\u0000-\u001f\u007f]/g, (c) =>
      c === '"' || c === "\\" ? "\\" + c : "\\u" + c.charCodeAt(0).toString(16).padStart(4, "0")
    ) +
    '"';
  const review = () => {
    const tables = [...verdicts.values()].map((v) =>
      [
        "[[findings]]",
        `verdict = ${quoted(v.verdict)}`,
        `rule = ${quoted(v.rule)}`,
        `path = ${quoted(v.path)}`,
        `text = ${quoted(v.text)}`,
        ...(v.cut ? ["cut = true"] : []),
      ].join("\n")
    );
    return `# Findings reviewed in a report of cleantext ${document.documentElement.dataset.version}.\n` +
      "# Feed it back with --review review.toml.\n\n" + tables.join("\n\n") + "\n";
  };
  const judge = (verdict) => {
    const mark = marks()[at];
    if (!mark || !shown) return;
    const f = shown.findings[mark.dataset.n];
    const key = keyOf(shown.path, f);
    if (verdicts.get(key)?.verdict === verdict) verdicts.delete(key);
    else verdicts.set(key, { verdict, rule: f.rule, path: shown.path, text: f.text, cut: f.cut });
    for (const piece of $("text").querySelectorAll(`[data-n="${mark.dataset.n}"]`)) dress(piece, f);
    tell(mark);
    remember();
    drawList();
  };

  // ---- the list: only the rows in sight are drawn ----------------------------------------------
  const ROW = 46;
  const drawList = () => {
    const list = $("list");
    $("spacer").style.height = `${order.length * ROW}px`;
    const first = Math.max(0, Math.floor(list.scrollTop / ROW) - 6);
    const last = Math.min(order.length, first + Math.ceil(list.clientHeight / ROW) + 12);
    const rows = [];
    for (let place = first; place < last; place++) {
      const n = order[place];
      const row = make(
        "button",
        { class: "row", role: "option", "aria-selected": String(place === current), tabindex: "-1", "data-place": place },
        make("b", { dir: "auto" }, oneLine(index.paths[n])),
        make("span", { class: "soft" }, facts(n))
      );
      row.style.top = `${place * ROW}px`;
      rows.push(row);
    }
    $("rows").replaceChildren(...rows);
    $("count").textContent =
      order.length === index.paths.length
        ? plural(order.length, "document")
        : `${number(order.length)} of ${plural(index.paths.length, "document")}`;
  };
  const facts = (n) =>
    [
      plural(index.edits[n], "edit"),
      ...(index.flags[n] ? [plural(index.flags[n], "flag")] : []),
      `${percent(index.shares[n])} out`,
      ...(index.langs[n] ? [index.langs[n]] : []),
    ].join(" · ");

  const matches = (n, reviewed) => {
    const family = $("family").value;
    const rule = $("rule").value;
    const lang = $("lang").value;
    const what = $("what").value;
    const rules = index.rules[n].map((r) => index.names[r]);
    if (family && !rules.some(([, f]) => f === family)) return false;
    if (rule && !rules.some(([r]) => r === rule)) return false;
    if (lang && index.langs[n] !== lang) return false;
    if (what === "edits" && !index.edits[n]) return false;
    if (what === "flags" && !index.flags[n]) return false;
    if (what === "reviewed" && !reviewed.has(index.paths[n])) return false;
    return true;
  };
  const sorts = {
    share: (a, b) => index.shares[b] - index.shares[a] || a - b,
    path: (a, b) => (index.paths[a] < index.paths[b] ? -1 : 1), // no two are equal
    edits: (a, b) => index.edits[b] - index.edits[a] || a - b,
    flags: (a, b) => index.flags[b] - index.flags[a] || a - b,
  };
  /** What of a document is on this page, as it came in, and what stands there now; for searching. */
  const textOf = ({ parts, findings }) => {
    const piece = (part) => {
      if (typeof part === "string") return part;
      return typeof part === "number" ? "\0" : part.length > 1 ? part[1] : findings[part[0]][5];
    };
    return [parts.map(piece).join(""), ...findings.map((f) => f[6])].join("\0").toLowerCase();
  };
  const filter = async () => {
    const mine = ++search;
    const wanted = $("search").value.trim().toLowerCase();
    const sort = sorts[$("sort").value];
    const reviewed = new Set([...verdicts.values()].map((v) => v.path));
    const numbers = index.paths.map((_, n) => n).filter((n) => matches(n, reviewed));
    let found = numbers;
    if (wanted) found = numbers.filter((n) => index.paths[n].toLowerCase().includes(wanted));
    const present = () => {
      order = found.sort(sort);
      current = shown ? order.indexOf(shown.n) : -1;
      $("list").scrollTop = 0;
      drawList();
    };
    present();
    if (!wanted || !$("texts").checked) {
      $("busy").textContent = "";
      return;
    }
    const seen = new Set(found);
    for (let c = 0; c < index.chunks; c++) {
      const documents = await unpack(`chunk-${c}`);
      if (mine !== search) return;
      documents.forEach((d, i) => {
        const n = c * index.each + i;
        if (!seen.has(n) && matches(n, reviewed) && textOf(d).includes(wanted)) {
          seen.add(n);
          found.push(n);
        }
      });
      $("busy").textContent = `searching texts: ${Math.round((100 * (c + 1)) / index.chunks)} %`;
      if (c % 8 === 7) present();
    }
    $("busy").textContent = "";
    present();
  };

  // ---- a document ------------------------------------------------------------------------------
  let at = -1; // which finding is in focus
  const marks = () => [...$("text").querySelectorAll("[data-n]")].filter((m) => m.tagName !== "INS" );
  const dress = (piece, f) => {
    const verdict = verdicts.get(keyOf(shown.path, f))?.verdict;
    piece.classList.toggle("wrong", verdict === "wrong");
    piece.classList.toggle("right", verdict === "right");
  };
  const piece = (n, f, text) => {
    const tag = f.action === "flag" ? "mark" : "del";
    const label = `${f.rule} ${f.family}, ${f.done}, confidence ${f.confidence.toFixed(2)}: ${f.reason}`;
    const elements = [make(tag, { tabindex: "0", "data-n": n, "aria-label": oneLine(label) }, lineEnds(text))];
    if (f.action === "replace") elements.push(make("ins", { "data-n": n }, lineEnds(f.replacement)));
    for (const element of elements) {
      element.style.setProperty("--h", f.hue);
      dress(element, f);
    }
    if (text.endsWith("\n")) elements.push("\n"); // outside, or the mark reaches a line too far
    return elements;
  };
  const open = async (place) => {
    if (place < 0 || place >= order.length) return;
    current = place;
    const n = order[place];
    const data = (await chunk(Math.floor(n / index.each)))[n % index.each];
    const findings = data.findings.map(([r, start, action, confidence, reason, text, replacement, cut]) => ({
      rule: index.names[r][0],
      family: index.names[r][1],
      hue: index.names[r][2],
      start,
      action: ["remove", "replace", "flag"][action],
      done: ["removed", "replaced", "flagged, left alone"][action],
      confidence,
      reason,
      text,
      replacement,
      cut: Boolean(cut),
    }));
    shown = { n, path: index.paths[n], findings };
    at = -1;
    $("title").textContent = oneLine(shown.path);
    $("facts").textContent = facts(n);
    const nodes = [];
    for (const part of data.parts) {
      if (typeof part === "string") nodes.push(make("span", { class: "same" }, visible(part)));
      else if (typeof part === "number")
        nodes.push(make("span", { class: "gap" }, part < 0 ? "the rest is not on this page: see report.jsonl" : `${number(part)} characters unchanged`));
      else nodes.push(...piece(part[0], findings[part[0]], part.length > 1 ? part[1] : findings[part[0]].text));
    }
    $("text").replaceChildren(...nodes);
    $("viewer").scrollTop = 0;
    document.body.classList.add("reading");
    tell(null);
    const list = $("list");
    if (place * ROW < list.scrollTop || (place + 1) * ROW > list.scrollTop + list.clientHeight)
      list.scrollTop = place * ROW - list.clientHeight / 2;
    drawList();
  };
  const go = (step) => {
    const all = marks();
    if (!all.length) return;
    at = at < 0 ? (step > 0 ? 0 : all.length - 1) : (at + step + all.length) % all.length;
    all[at].focus();
    all[at].scrollIntoView({ block: "center" });
  };
  const tell = (mark) => {
    $("tip").hidden = !mark;
    if (!mark || !shown) return;
    const f = shown.findings[mark.dataset.n];
    const verdict = verdicts.get(keyOf(shown.path, f))?.verdict;
    $("tip").style.setProperty("--h", f.hue);
    $("tip-text").replaceChildren(
      make("b", {}, `${f.rule} ${f.family}`),
      ` · ${f.done} · confidence ${f.confidence.toFixed(2)}${verdict ? ` · you say: ${verdict}` : ""}`,
      make("br"),
      oneLine(f.reason)
    );
    $("is-wrong").setAttribute("aria-pressed", String(verdict === "wrong"));
    $("is-right").setAttribute("aria-pressed", String(verdict === "right"));
  };
  const only = () => {
    const on = $("viewer").classList.toggle("only");
    $("only").setAttribute("aria-pressed", String(on));
  };
  const theme = () => {
    const root = document.documentElement;
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
  };

  // ---- events ----------------------------------------------------------------------------------
  const select = (id, values) => {
    for (const value of values) $(id).append(make("option", { value }, value));
  };
  const start = async () => {
    if (!$("index")) return;
    index = await unpack("index");
    select("family", [...new Set(index.names.map(([, family]) => family))].sort());
    select("rule", [...new Set(index.names.map(([rule]) => rule))].sort());
    select("lang", [...new Set(index.langs)].filter(Boolean).sort());
    for (const id of ["family", "rule", "lang", "what", "sort", "texts"]) $(id).addEventListener("change", filter);
    let waiting;
    $("search").addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(filter, 120);
    });
    $("list").addEventListener("scroll", drawList, { passive: true });
    $("list").addEventListener("keydown", (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (!step) return;
      event.preventDefault();
      open(current + step);
    });
    addEventListener("resize", drawList);
    $("rows").addEventListener("click", (event) => {
      const row = event.target.closest(".row");
      if (row) open(Number(row.dataset.place));
    });
    for (const cell of document.querySelectorAll("[data-filter]"))
      cell.addEventListener("click", () => {
        const [id, value] = cell.dataset.filter.split(":");
        $(id).value = $(id).value === value ? "" : value;
        filter();
        $("documents").scrollIntoView();
      });
    const text = $("text");
    const reach = (event) => event.target.closest("[data-n]");
    text.addEventListener("mouseover", (event) => reach(event) && tell(reach(event)));
    text.addEventListener("mouseout", () => tell(marks()[at] || null));
    text.addEventListener("focusin", (event) => {
      at = marks().indexOf(reach(event));
      tell(reach(event));
    });
    text.addEventListener("click", (event) => {
      const mark = reach(event);
      if (mark) text.querySelector(`[data-n="${mark.dataset.n}"]`).focus();
    });
    $("next").addEventListener("click", () => go(1));
    $("previous").addEventListener("click", () => go(-1));
    $("only").addEventListener("click", only);
    $("theme").addEventListener("click", theme);
    $("is-wrong").addEventListener("click", () => judge("wrong"));
    $("is-right").addEventListener("click", () => judge("right"));
    $("back").addEventListener("click", () => {
      document.body.classList.remove("reading");
      drawList();
    });
    $("save").addEventListener("click", () => {
      const url = URL.createObjectURL(new Blob([review()], { type: "application/toml" }));
      make("a", { href: url, download: "review.toml" }).click();
      setTimeout(() => URL.revokeObjectURL(url), 10000);
    });
    const keys = {
      n: () => go(1),
      p: () => go(-1),
      j: () => open(current + 1),
      k: () => open(current - 1),
      w: () => judge("wrong"),
      r: () => judge("right"),
      o: only,
      d: theme,
      "/": () => $("search").focus(),
    };
    addEventListener("keydown", (event) => {
      if (event.key === "Escape") document.activeElement.blur();
      if (event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|SELECT)$/.test(event.target.tagName)) return;
      if (keys[event.key]) {
        event.preventDefault();
        keys[event.key]();
      }
    });
    remember();
    await filter();
    if (order.length && matchMedia("(min-width: 52rem)").matches) await open(0);
    document.documentElement.dataset.ready = "yes";
  };
  start();
})();
