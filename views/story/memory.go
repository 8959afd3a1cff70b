package story

import (
	"thaw/views"
	"thaw/views/chart"
)

func memory() []Story {
	at := ada
	at.Path = "/memory"
	back := views.Link{Text: "Progress", URL: "/progress"}
	none := views.Fit{Line: "The schedule goes by how most people remember. After 100 reviews on later days it is fitted to how you do."}
	fit := views.Fit{Line: "On 3 March the schedule was fitted to your 1234 reviews. Tried on the newest 246, which it had not seen, it foretold them better than before (log loss 0.298 instead of 0.312), so it is in force now.",
		Columns: []string{"the 1st time", "the 2nd", "the 3rd", "the 4th"},
		Rows:    [][]string{{"before", "2 days", "11 days", "46 days", "163 days"}, {"now", "4 days", "19 days", "70 days", "211 days"}}}
	lines := []string{
		"A fact comes back when your chance to recall it has fallen to 90 %. Over the coming year that takes about 1.5 minutes a day, and you would know about 219 of the 230 facts met by then.",
		"Waiting until 80 % would take about 1.0 minutes a day and keep 14 facts fewer. Coming back at 95 % already would take about 2.3 minutes a day and keep 5 more.",
		"From about 95 % on, minutes rise steeply: half as many again as now, and more, for the last few facts."}
	many := []string{
		"A fact comes back when your chance to recall it has fallen to 90 %. Over the coming year that takes about 9.4 minutes a day, and you would know about 1357 of the 1426 facts met by then.",
		"Waiting until 80 % would take about 6.3 minutes a day and keep 86 facts fewer. Coming back at 95 % already would take about 15 minutes a day and keep 31 more.",
		lines[2]}
	year := "This is a simulated year, not a promise: it begins with your facts as they are today and meets 10 new ones on a day while there are any. "
	few := []string{year + "You have answered too little so far: neither how you forget nor your pace is known. It goes by how most people forget, and by 12 seconds an answer.",
		"Of the 5340 facts that there are for you, 1500 are followed."}
	own := []string{year + "It goes by your own memory, fitted to your reviews, and by your own pace, 9 seconds an answer."}
	return []Story{
		{"memory-empty", views.YourMemory{Fit: none, Back: back}, at},
		{"memory-few", views.YourMemory{Fit: none, Curve: cost(6.2), Lines: many, Basis: few, Back: back}, at},
		{"memory", views.YourMemory{Fit: fit, Curve: cost(1), Lines: lines, Basis: own, Back: back}, at},
	}
}

// cost is a curve of minutes a day, some times that of 230 facts.
func cost(times float64) *chart.Cost {
	c := &chart.Cost{Lang: "en", ID: "cost", Title: "What remembering more would cost"}
	minutes, facts := [...]float64{.85, .91, 1.01, 1.23, 1.52, 1.67, 2.01, 2.34, 2.54, 3.1}, [...]float64{193, 198, 205, 215, 219, 221, 223, 224, 226, 227}
	for i, recall := range []float64{.7, .75, .8, .85, .9, .92, .94, .95, .96, .97} {
		c.Prices = append(c.Prices, chart.Price{Recall: recall, Minutes: minutes[i] * times, Facts: int(facts[i] * times), Usual: recall == .9})
	}
	return c
}
