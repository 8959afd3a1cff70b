package chart

import "thaw/views/text"

// Small is one scale of memory in a table's cell.
type Small struct {
	Lang   string
	Counts [7]int // the first is never seen
}

func (s Small) row() Row { return Row{Counts: s.Counts} }

// Said is the scale in words: "12 well known, 3 shaky and 5 not seen yet".
func (s Small) Said() string { return Stack{Lang: s.Lang}.said(s.row()) }

// Span is a share with the interval that says how sure it is, all 0..1.
type Span struct {
	Lang             string
	Low, Share, High float64
}

func (s Span) band() box { return box{width * s.Low, 60, width * (s.High - s.Low), 80} }

func (s Span) point() string { return "M" + num(width*s.Share) + " 100h0.01" }

// Said is the span in words: "24 to 58 %".
func (s Span) Said() string {
	return text.T(s.Lang, "chart.line.range", percent(s.Low), percent(s.High))
}
