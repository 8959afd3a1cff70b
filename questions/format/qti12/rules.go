package qti12

import (
	"math"
	"strconv"
	"strings"

	"thaw/questions/format/element"
)

// rule is one condition of how responses are judged.
type rule struct {
	score   float64
	equal   []*element.Node // the values that have to be given
	n       *element.Node
	replies []string // names of the feedback that it shows
}

// rules are the conditions of a question, with the values that stand in each but those
// that must not be given.
func (q *question) rules() []rule {
	if q.judged != nil {
		return q.judged
	}
	for _, n := range q.n.Find("respcondition") {
		r := rule{n: n, equal: wanted(n.At("conditionvar"))}
		for _, set := range n.All("setvar") {
			r.score = max(r.score, float(set.Says()))
		}
		for _, f := range n.All("displayfeedback") {
			if ident := f.Attr("linkrefid"); ident != "correct_fb" && ident != "general_incorrect_fb" && ident != "general_fb" {
				r.replies = append(r.replies, ident)
			}
		}
		q.judged = append(q.judged, r)
	}
	return q.judged
}

// wanted are the values in a condition, without those below a not.
func wanted(n *element.Node) []*element.Node {
	var found []*element.Node
	if n == nil {
		return nil
	}
	for _, kid := range n.Kids {
		switch kid.Name {
		case "not":
		case "varequal", "varsubstring":
			found = append(found, kid)
		default:
			found = append(found, wanted(kid)...)
		}
	}
	return found
}

// float reads a number, 0 where it is none.
func float(text string) float64 {
	n, err := strconv.ParseFloat(strings.TrimSpace(strings.TrimSuffix(text, "%")), 64)
	if err != nil || math.IsNaN(n) || math.IsInf(n, 0) {
		return 0
	}
	return n
}

// worth is what each value that is given to a response is worth, 1 the most of them, and
// what is said to it. A response without a name is any.
type worth struct {
	credit map[string]float64
	reply  map[string]string
}

func (q *question) worth(respident string) worth {
	w := worth{map[string]float64{}, map[string]string{}}
	highest := 0.0
	for _, r := range q.rules() {
		for _, e := range r.equal {
			if ident := e.Attr("respident"); respident != "" && ident != "" && ident != respident {
				continue
			}
			value := e.Says()
			w.credit[value] = max(w.credit[value], r.score)
			highest = max(highest, r.score)
			for _, ident := range r.replies {
				if w.reply[value] == "" && (len(r.equal) == 1 || r.score == 0) {
					w.reply[value] = q.feedback(ident)
				}
			}
		}
	}
	for value := range w.credit {
		if highest > 0 {
			w.credit[value] = math.Round(w.credit[value]/highest*1e6) / 1e6
		}
	}
	return w
}
