// Runs before everything else: the one Trusted Types policy, and the sign that
// script runs. Pages are made by the server, so their HTML passes; a script may
// only be our own worker; text that becomes code has no way in at all.
"use strict";
(() => {
	const worker = location.origin + "/worker.js";
	document.documentElement.classList.add("js");
	if (!window.trustedTypes) return;
	trustedTypes.createPolicy("default", {
		createHTML: (html) => html,
		createScriptURL: (url) => {
			if (new URL(url, location.href).href === worker) return url;
			throw new TypeError("not our worker: " + url);
		},
	});
})();
