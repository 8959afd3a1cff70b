// Makes pages faster to use; none needs it. Elements say what they are for by
// data attributes:
//   data-focus     gets the focus when the page comes
//   data-announce  is read out when the page comes
//   data-go        Enter presses it when nothing else has the focus
//   data-space     Space presses it (shows the back of a card)
//   data-undo      U presses it
//   data-key       its letter presses it, that of the row (data-row) with the focus first
//   data-zone      a list of time zones: the device's is chosen
//   data-gap       Enter goes on to the next empty one of its form, and sends when
//                  there is none
//   data-stay      what is around a form: stays where it is when the form is sent
//   data-help      opens the dialog of keys, as ? does
//   data-print     prints the page
"use strict";
(() => {
	const find = (selector) => document.querySelector(selector);
	const root = document.documentElement;
	let shown = performance.now();

	// A page that was fetched ahead comes when it is shown: only then its time counts, and
	// it takes the focus and speaks.
	addEventListener("pageshow", (event) => { if (!document.prerendering) comes(event); });
	document.addEventListener("prerenderingchange", (event) => { if (document.readyState === "complete") comes(event); });

	function comes(event) {
		shown = performance.now();
		const zone = Intl.DateTimeFormat().resolvedOptions().timeZone || "";
		document.querySelectorAll("input[type=hidden][name=zone]").forEach((field) => { field.value = zone; });
		if (!event.persisted) document.querySelectorAll("select[data-zone]").forEach((field) => choose(field, zone));
		document.querySelectorAll("form[data-sent]").forEach(release);
		if (!event.persisted) stay();
		if (event.persisted || location.hash) return;
		const first = find("[data-focus]");
		if (first) first.focus({ preventScroll: true });
		announce();
	}

	// A form with data-stay comes back to its place: what takes its place stands on the
	// screen where it stood, and gets the focus.
	function stay() {
		const kept = JSON.parse(sessionStorage.getItem("stay") || "null");
		sessionStorage.removeItem("stay");
		const at = kept && location.hash === "#" + kept.id && document.getElementById(kept.id);
		if (!at) return;
		at.focus({ preventScroll: true });
		scrollBy({ top: at.getBoundingClientRect().top - kept.top, behavior: "instant" });
	}

	function leaving(form) {
		const at = form.closest("[data-stay]");
		if (at) sessionStorage.setItem("stay", JSON.stringify({ id: at.id, top: at.getBoundingClientRect().top }));
	}

	// choose picks a value of a list, which is added where it is missing.
	function choose(field, value) {
		if (value && ![...field.options].some((o) => o.value === value)) field.add(new Option(value, value));
		if (value) field.value = value;
	}

	// A text that stands in the page from the start is not announced; one that
	// comes into a live region is.
	function announce() {
		const said = find("[data-announce]");
		const status = find("#status");
		if (said && status) setTimeout(() => { status.textContent = said.textContent; }, 100);
	}

	// A form is sent once. Its label stays; after a while, or when the browser
	// comes back to the page, it may be sent again (the token makes that safe).
	addEventListener("submit", (event) => {
		const form = event.target;
		if (form.dataset.sent) return event.preventDefault();
		const took = form.querySelector("input[name=took]");
		if (took) took.value = String(Math.round(performance.now() - shown));
		if (form.method === "dialog" || form.target) return;
		form.dataset.sent = "1";
		leaving(form);
		setTimeout(() => mark(form, event.submitter), 300);
		setTimeout(() => release(form), 10000);
	});

	function mark(form, button) {
		if (!form.dataset.sent) return;
		form.classList.add("is-pending");
		form.setAttribute("aria-busy", "true");
		if (button) button.setAttribute("aria-disabled", "true");
	}

	function release(form) {
		delete form.dataset.sent;
		form.classList.remove("is-pending");
		form.removeAttribute("aria-busy");
		form.querySelectorAll("[aria-disabled]").forEach((b) => b.removeAttribute("aria-disabled"));
	}

	const typing = "input:not([type=radio]):not([type=checkbox]), textarea, select, [contenteditable]";
	const pressable = "a[href], button, summary";

	addEventListener("keydown", (event) => {
		const at = event.target;
		if (event.defaultPrevented || event.repeat || event.isComposing) return;
		if (event.ctrlKey || event.metaKey || event.altKey) return;
		if (!at.closest || at.closest(typing) || find("dialog[open]")) return;
		if (act(event.key, at)) event.preventDefault();
	});

	// Enter in a gap goes on to the next empty one, the first after the last. The key
	// press is what would send the form; where no gap is empty it does.
	addEventListener("keypress", (event) => {
		const gap = event.target;
		if (event.key !== "Enter" || !gap.matches || !gap.matches("[data-gap]")) return;
		const gaps = [...gap.form.querySelectorAll("[data-gap]")];
		const at = gaps.indexOf(gap);
		const next = [...gaps.slice(at + 1), ...gaps.slice(0, at + 1)].find((g) => !g.value.trim());
		if (!next) return;
		event.preventDefault();
		next.focus();
	});

	// act does what a key means here, and tells whether it meant anything.
	// Enter and Space belong to an element that has the focus; the others are
	// single-key shortcuts, which a person may switch off.
	function act(key, at) {
		if (key === "Enter") return !at.closest(pressable) && enter(at);
		if (root.dataset.keys === "off") return false;
		if (key === " ") return !at.closest(pressable + ", input") && press("[data-space], .flash:not(.is-turned) ~ .button");
		if (key >= "1" && key <= "9") return pick(Number(key) - 1);
		if (key.length === 1 && press(`[data-key="${CSS.escape(key.toLowerCase())}"]`, at.closest("[data-row]"))) return true;
		if (key === "u" || key === "U") return press("[data-undo]");
		return key === "?" && help();
	}

	// press clicks the element, that of a row where one is given and has it.
	function press(selector, row) {
		const target = (row && row.querySelector(selector)) || find(selector);
		if (target) target.focus();
		if (target) target.click();
		return Boolean(target);
	}

	function enter(at) {
		const form = at.closest("form");
		if (form && at.checked) {
			form.requestSubmit(form.querySelector("[type=submit]"));
			return true;
		}
		return !form && press("[data-go]");
	}

	// choices are what the figures choose among: of the question that has the focus, or
	// of the only one.
	function choices() {
		const asked = document.activeElement.closest(".ask") || document;
		if (asked === document && document.querySelectorAll("form.ask").length > 1) return [];
		return [...asked.querySelectorAll(".options input, .ratings button")].slice(0, 9);
	}

	function pick(n) {
		const choice = choices()[n];
		if (!choice) return false;
		choice.focus();
		choice.click();
		return true;
	}

	// help shows the keys that mean something on this page.
	function help() {
		const dialog = find("dialog[data-keys]");
		if (!dialog) return false;
		const list = dialog.querySelector("dl");
		const figures = choices().length;
		list.querySelectorAll("[data-own]").forEach((row) => row.remove());
		list.querySelectorAll("dt").forEach((key, i) => {
			if (!i) key.firstChild.textContent = figures > 1 ? "1–" + figures : "1";
			const works = i ? !key.dataset.where || find(key.dataset.where) : figures;
			key.hidden = key.nextElementSibling.hidden = !works;
		});
		const own = new Map([...document.querySelectorAll("[data-key]")].reverse().map((e) => [e.dataset.key, e]));
		[...own].reverse().forEach(([letter, e]) => list.append(row("dt", "kbd", letter.toUpperCase()), row("dd", "span", said(e))));
		dialog.showModal();
		return true;
	}

	function row(tag, inner, text) {
		const element = document.createElement(tag);
		element.dataset.own = "";
		element.append(document.createElement(inner));
		element.firstChild.append(text);
		return element;
	}

	// said is what a button, or the option of an input, says.
	function said(element) {
		const option = element.closest("label");
		return (option ? option.querySelector(".option-text") || option : element).textContent.trim();
	}

	addEventListener("click", (event) => {
		if (event.target.closest && event.target.closest("[data-help]")) help();
		if (event.target.closest && event.target.closest("[data-print]")) print();
	});
})();
