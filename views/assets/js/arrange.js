// Makes questions quicker in which things are put where they belong: they can be
// dragged, tapped or moved by keys. It fills in the lists that stand there without
// script, which the form sends. A fieldset says by data-arrange what it is:
//   order  its lists are put away; the things themselves are moved
//   match  what can be chosen becomes buttons, to be put beside a left side
// data-moved, data-held, data-up and data-down are what to say, with blanks.
"use strict";
(() => {
	const fill = (pattern, ...args) => pattern.replace(/\{(\d)\}/g, (_, n) => args[n - 1]);
	const words = (element) => element.textContent.trim().replace(/\s+/g, " ");
	const begins = 5; // px that a pointer moves before it drags
	const edge = 40; // px from the window's edge within which a drag scrolls
	const glides = 8; // px that it scrolls each frame

	function announce(text) {
		const status = document.querySelector("#status");
		if (status) status.textContent = text;
	}

	function make(tag, name, text) {
		const element = document.createElement(tag);
		if (tag === "button") element.type = "button";
		element.className = name;
		element.append(text);
		return element;
	}

	// drag follows a pointer that goes down on the handle, from when it has moved a
	// little; the click at its end, which a finger does not make, is none. Near an edge of
	// the window the page goes along.
	function drag(handle, move, drop) {
		handle.addEventListener("pointerdown", (down) => {
			if (down.button !== 0) return;
			let far = false;
			let last = null;
			let frame = 0;
			const glide = () => {
				const before = scrollY;
				scrollBy({ top: last.clientY < edge ? -glides : last.clientY > innerHeight - edge ? glides : 0, behavior: "instant" });
				if (scrollY !== before) move(last);
				frame = scrollY === before ? 0 : requestAnimationFrame(glide);
			};
			const moved = (event) => {
				if (event.pointerId !== down.pointerId) return;
				far = far || Math.hypot(event.clientX - down.clientX, event.clientY - down.clientY) > begins;
				if (!far) return;
				last = event;
				move(event);
				frame = frame || requestAnimationFrame(glide);
			};
			const done = (event) => {
				if (event.pointerId !== down.pointerId) return;
				cancelAnimationFrame(frame);
				["pointermove", "pointerup", "pointercancel"].forEach((name, i) => removeEventListener(name, i ? done : moved));
				if (!far) return;
				if (event.pointerType !== "touch") addEventListener("click", (click) => { click.stopPropagation(); click.preventDefault(); }, { capture: true, once: true, signal: AbortSignal.timeout(50) });
				drop(event.type === "pointerup" ? event : null);
			};
			["pointermove", "pointerup", "pointercancel"].forEach((name, i) => addEventListener(name, i ? done : moved));
		});
	}

	function order(field) {
		const list = field.querySelector("ol");
		const rows = [...list.children];
		const lists = rows.map((row) => row.querySelector("select"));
		const texts = rows.map((row) => words(row.querySelector("label")));
		const moves = new Map();
		let held = null;

		const at = (row) => [...list.children].indexOf(row);
		const text = (row) => texts[rows.indexOf(row)];

		// settle writes the places down and says them at the things.
		function settle() {
			[...list.children].forEach((row, i) => {
				lists[rows.indexOf(row)].value = String(i + 1);
				row.querySelector(".key").textContent = String(i + 1);
				moves.get(row).forEach((button, way) => {
					button.setAttribute("aria-label", fill(way ? field.dataset.down : field.dataset.up, text(row), i + 1, rows.length));
					button.setAttribute("aria-disabled", String(i === (way ? rows.length - 1 : 0)));
				});
			});
		}

		// move brings a thing to a place by moving the others around it, so that it
		// keeps the focus and the pointer.
		function move(row, to) {
			while (at(row) < to && row.nextElementSibling) row.before(row.nextElementSibling);
			while (at(row) > to && row.previousElementSibling) row.after(row.previousElementSibling);
			settle();
		}

		const say = (row) => announce(fill(field.dataset.moved, text(row), at(row) + 1, rows.length));

		function step(row, by) {
			move(row, at(row) + by);
			row.scrollIntoView({ block: "nearest" });
			say(row);
		}

		function hold(row) {
			if (held) held.classList.remove("is-held");
			held = row;
			if (row) row.classList.add("is-held");
			if (row) announce(fill(field.dataset.held, text(row)));
		}

		// follow moves a thing to where the pointer is: past another as soon as it would
		// then lie under the pointer, so that it never goes back and forth.
		function follow(row, y) {
			const height = row.offsetHeight;
			const box = (other) => other.getBoundingClientRect();
			for (let next; (next = row.nextElementSibling) && y > Math.max(box(next).top, box(next).bottom - height);) move(row, at(row) + 1);
			for (let last; (last = row.previousElementSibling) && y < Math.min(box(last).bottom, box(last).top + height);) move(row, at(row) - 1);
		}

		const away = make("div", "", "");
		away.hidden = true;
		away.append(...lists);
		field.append(away);
		rows.forEach((row) => {
			const handle = make("span", "arrange-grip", make("span", "key", ""));
			handle.setAttribute("aria-hidden", "true");
			row.prepend(handle);
			moves.set(row, ["↑", "↓"].map((sign) => make("button", "arrange-move", sign)));
			const buttons = make("span", "arrange-moves", "");
			buttons.append(...moves.get(row));
			row.append(buttons);
			moves.get(row).forEach((button, way) => button.addEventListener("click", (event) => {
				event.stopPropagation();
				hold(null);
				step(row, way ? 1 : -1);
			}));
			row.addEventListener("keydown", (event) => {
				const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
				if (!by || event.altKey || event.ctrlKey || event.metaKey) return;
				event.preventDefault();
				step(row, by);
			});
			row.addEventListener("click", () => {
				if (!held || held === row) return hold(held ? null : row);
				const moved = held;
				move(moved, at(row));
				hold(null);
				say(moved);
			});
			drag(handle, (event) => { hold(null); row.classList.add("is-held"); follow(row, event.clientY); }, () => { row.classList.remove("is-held"); say(row); });
		});
		const given = rows.map((_, i) => Number(lists[i].value));
		if (new Set(given).size === rows.length && !given.includes(0)) {
			list.append(...rows.slice().sort((a, b) => given[rows.indexOf(a)] - given[rows.indexOf(b)]));
		}
		settle();
	}

	function match(field) {
		const rows = [...field.querySelector("ul").children];
		const chips = [];
		let held = null; // a row, or the button of what can be chosen

		function hold(what) {
			if (held) held.classList.remove("is-held");
			chips.forEach((chip) => chip.setAttribute("aria-pressed", String(chip === what)));
			held = what;
			if (what) what.classList.add("is-held");
			if (what) announce(fill(field.dataset.held, words(what.querySelector("label, .arrange-text"))));
		}

		function put(row, chip) {
			const list = row.querySelector("select");
			list.value = String(chips.indexOf(chip) + 1);
			settle();
			announce(fill(field.dataset.moved, words(row.querySelector("label")), words(chip.querySelector(".arrange-text"))));
			hold(null);
			list.focus();
		}

		function settle() {
			const used = rows.map((row) => row.querySelector("select").value);
			chips.forEach((chip, i) => chip.classList.toggle("is-used", used.includes(String(i + 1))));
		}

		const under = (event) => rows.find((row) => row.contains(document.elementFromPoint(event.clientX, event.clientY)));

		field.querySelectorAll(".arrange-options > li").forEach((item) => {
			const chip = make("button", "option", "");
			chip.append(...item.childNodes);
			chip.querySelectorAll("[tabindex]").forEach((inner) => inner.removeAttribute("tabindex")); // the button is one stop
			item.append(chip);
			chips.push(chip);
			chip.addEventListener("click", () => {
				if (rows.includes(held)) return put(held, chip);
				hold(held === chip ? null : chip);
			});
			drag(chip, (event) => {
				if (held !== chip) hold(chip);
				rows.forEach((row) => row.classList.toggle("is-over", row === under(event)));
			}, (event) => {
				const row = event && under(event);
				rows.forEach((other) => other.classList.remove("is-over"));
				if (row) put(row, chip);
				else hold(null);
			});
		});
		rows.forEach((row) => {
			row.addEventListener("change", settle);
			row.addEventListener("click", (event) => {
				if (event.target.closest("select")) return;
				event.preventDefault(); // a label would open its list
				if (chips.includes(held)) return put(row, held);
				hold(held === row ? null : row);
			});
		});
		hold(null);
		settle();
	}

	const kinds = { order, match };

	function enliven() {
		document.querySelectorAll("fieldset[data-arrange]:not(.is-live)").forEach((field) => {
			field.classList.add("is-live");
			kinds[field.dataset.arrange](field);
		});
	}

	enliven();
	const preview = document.querySelector("#preview");
	if (preview) new MutationObserver(enliven).observe(preview, { childList: true });
})();
