// Shows a question as pupils see it while it is written: whenever the form
// changes, the preview beside it is asked for anew, and an answer that is tried
// there is judged by what the form says now. Without script the preview's own
// buttons do the same, page by page.
"use strict";
(() => {
	const form = document.querySelector("form[data-preview]");
	const panel = document.querySelector("#preview");
	const status = document.querySelector("#status");
	if (!form || !panel) return;
	const pause = 300;
	let waiting;
	let asking;

	form.addEventListener("input", () => {
		clearTimeout(waiting);
		waiting = setTimeout(() => show(new FormData(form)), pause);
	});

	panel.addEventListener("submit", (event) => {
		event.preventDefault();
		event.stopPropagation(); // the page itself sends nothing
		clearTimeout(waiting);
		const answers = new FormData(event.target, event.submitter).getAll("answer");
		const data = new FormData(form);
		answers.forEach((answer) => data.append("answer", answer));
		show(data).then((shown) => shown && told(answers.length > 0));
	});

	async function show(data) {
		if (asking) asking.abort();
		asking = new AbortController();
		const body = new URLSearchParams(data);
		body.set("part", "1");
		try {
			const reply = await fetch(form.dataset.preview, { method: "POST", body, signal: asking.signal });
			if (!reply.ok) return false;
			const page = new DOMParser().parseFromString(await reply.text(), "text/html");
			const fresh = page.querySelector("#preview");
			if (fresh) panel.replaceChildren(...fresh.childNodes);
			return Boolean(fresh);
		} catch {
			return false; // the preview stays as it was; the form is not touched
		}
	}

	// told reads the verdict out and puts the focus where one goes on.
	function told(answered) {
		const line = panel.querySelector("[data-announce]");
		if (line && status) status.textContent = line.textContent;
		const next = panel.querySelector(answered ? "button" : "input:not([type=hidden]), button");
		if (next) next.focus();
	}
})();
