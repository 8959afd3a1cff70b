// Counts the time of a sitting down, where there is a limit. A section says by
// data-timer how many seconds are left, by data-left how to say them; data-minute is said
// once, a minute before the end. What is in data-warn comes when it is near. A page with
// data-over does not stay: the answer of an exam (data-save) is sent as it stands.
"use strict";
(() => {
	const box = document.querySelector("[data-timer]");
	const shown = box.querySelector("[role=timer]");
	const warning = box.querySelector("[data-warn]");
	const form = document.querySelector("form[data-save]");
	const ends = Date.now() + Number(box.dataset.timer) * 1000;
	const near = 120; // seconds
	let minute = Number(box.dataset.timer) > 60;
	let changed = false;

	function say(text) {
		const status = document.querySelector("#status");
		if (status) status.textContent = text;
	}

	function over() {
		clearInterval(ticks);
		if (!("over" in box.dataset)) return;
		if (form && changed && form.checkValidity()) form.requestSubmit();
		else location.reload();
	}

	function tick() {
		const left = Math.max(Math.ceil((ends - Date.now()) / 1000), 0);
		shown.textContent = box.dataset.left.replace("{1}", Math.floor(left / 60) + ":" + String(left % 60).padStart(2, "0"));
		if (left <= near && warning.hidden) {
			warning.hidden = false;
			say(warning.querySelector("p").textContent);
		}
		if (left <= 60 && minute) {
			minute = false;
			say(box.dataset.minute);
		}
		if (left === 0) over();
	}

	if (form) form.addEventListener("input", () => { changed = true; });
	const ticks = setInterval(tick, 1000);
	tick();
})();
