// Package ui holds the components that pages are made of. They are plain
// semantic HTML with a few classes; the style is in views/assets/css, scripts
// are never needed. Texts come from the caller or from the catalogue.
//
// The classes that the widgets of questions/kind share with this package:
//
//	prompt             the question, in the serif; a legend, a label or a div
//	options [is-several|is-pair]
//	                   a column of options, often a fieldset; several may be
//	                   marked, or two stand side by side
//	option             one row: label > input + .key + .option-text, or after the
//	                   verdict div > .sign + .option-text + .option-note
//	is-right is-slip is-almost is-wrong is-other
//	                   the verdict on an option, an answer, a dot or a verdict
//	key, sign          the number, or the sign, at the left of a row
//	field, hint        an input, select or textarea; a line about it
//	button [primary|plain]
//	given, canonical   what was typed, and the key under it
//	flash [is-turned]  a card; .back is its other side
//	ratings, back-in   the buttons under a card, when each would bring it back
//	arrange            things to put in order or to match: .arrange-list of rows,
//	                   .arrange-options of what can be chosen, .arrange-after
//	                   the order given and the right one
//	edit               the column of an editor's fields; edit-pair two of them
//	                   side by side, edit-options and edit-option its rows
//	visually-hidden    for screen readers only
//	needs-script       hidden where no script runs
//	no-print           left out on paper
//	stack [is-tight|is-loose], row, card, lead, small, quiet, figure
//	                   space and size
package ui
