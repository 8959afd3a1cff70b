package web

import (
	"thaw/app/quiz"
	"thaw/app/report"
	"thaw/views"
)

// foresight says how forecasts have done, or that there are too few; nil where there are
// none.
func foresight(c *Ctx, f report.Foresight) *views.Foresight {
	w := f.Within
	switch {
	case w.Of == 0:
		return nil
	case !w.Sure():
		return &views.Foresight{Line: c.Say("forecast.few", w.Of)}
	}
	fits := "forecast.fits"
	if w.High < w.Expected {
		fits = "forecast.fewer"
	}
	if w.Low > w.Expected {
		fits = "forecast.more"
	}
	return &views.Foresight{Line: c.Say("forecast.line", w.Hits, w.Of) + " " + c.Say(fits),
		Rows: [][]string{against(c, "forecast.within", w), against(c, "forecast.right", f.Right)}}
}

// against is what was expected beside what came.
func against(c *Ctx, name string, r report.Rate) []string {
	return []string{c.Say(name), c.Say("forecast.number", r.Of),
		c.Say("forecast.share", rounded(r.Expected*float64(r.Of)), percent(r.Expected)),
		c.Say("forecast.share", r.Hits, percent(r.Share)), c.Say("forecast.between", percent(r.Low), percent(r.High))}
}

// percent is a share of 0..1 in whole percent.
func percent(x float64) int { return rounded(100 * x) }

// expected holds what was foretold of a sitting against what happened; "" where that says
// too little.
func expected(c *Ctx, s quiz.Sitting) string {
	if !s.Borne() {
		return ""
	}
	f := s.Foretold
	about := "forecast.all_"
	if f.N < len(s.First()) {
		about = "forecast.part_"
	}
	came := "within"
	switch off := f.Off(); {
	case off > 0:
		came = "more"
	case off < 0:
		came = "fewer"
	case f.Low == f.High:
		came = "just"
	}
	return c.Say(about+came, rounded(f.Mean), f.N, band(c, f), f.Right)
}

// band is the numbers from the lowest to the highest expected.
func band(c *Ctx, f quiz.Foretold) string {
	if f.Low == f.High {
		return c.Say("forecast.number", f.Low)
	}
	return c.Say("forecast.band", f.Low, f.High)
}
