package qti12_test

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"pgregory.net/rapid"

	"thaw/questions"
	"thaw/questions/format/element"
	"thaw/questions/format/foreign"
	"thaw/questions/format/markup"
	"thaw/questions/kind"
)

// given are responses by their names, each a list of values.
type given map[string][]string

// score judges responses by the conditions of an item, as QTI 1.2 says: in order, up to
// one that is met and does not go on. Values of one response beside each other are
// alternatives where it takes a single one.
func score(item *element.Node, g given) float64 {
	total := 0.0
	for _, c := range item.Find("respcondition") {
		if !met(c.At("conditionvar").Kids, g, item) {
			continue
		}
		for _, set := range c.All("setvar") {
			n, err := strconv.ParseFloat(set.Says(), 64)
			if err != nil {
				return math.NaN()
			}
			if set.Attr("action") == "Add" {
				total += n
			} else {
				total = n
			}
		}
		if c.Attr("continue") == "No" {
			break
		}
	}
	return math.Round(total*1e6) / 1e6
}

func single(item *element.Node, ident string) bool {
	for _, r := range item.Find("response_lid", "response_str") {
		if r.Attr("ident") == ident {
			return r.Attr("rcardinality") != "Multiple"
		}
	}
	return false
}

func met(conditions []*element.Node, g given, item *element.Node) bool {
	alternatives, any := false, false
	for _, c := range conditions {
		if c.Name == "varequal" && len(conditions) > 1 && single(item, c.Attr("respident")) {
			alternatives, any = true, any || holds(c, g, item)
			continue
		}
		if !holds(c, g, item) {
			return false
		}
	}
	return !alternatives || any
}

func holds(c *element.Node, g given, item *element.Node) bool {
	switch c.Name {
	case "other":
		return true
	case "not":
		return !met(c.Kids, g, item)
	case "and":
		for _, kid := range c.Kids {
			if !holds(kid, g, item) {
				return false
			}
		}
		return true
	case "or":
		for _, kid := range c.Kids {
			if holds(kid, g, item) {
				return true
			}
		}
		return false
	}
	for _, value := range g[c.Attr("respident")] {
		if compare(c.Name, value, c.Says()) {
			return true
		}
	}
	return false
}

func compare(how, value, with string) bool {
	a, notA := strconv.ParseFloat(value, 64)
	b, notB := strconv.ParseFloat(with, 64)
	numbers := notA == nil && notB == nil
	switch how {
	case "varequal":
		return strings.EqualFold(value, with) || numbers && a == b
	case "vargte":
		return numbers && a >= b
	case "varlte":
		return numbers && a <= b
	}
	return false
}

// judged answers an item rightly and wrongly, by what it shows, and looks at the points.
func judged(t *rapid.T, item *element.Node, v questions.Version, text string) {
	rights, wrongs := answers(item, v)
	if len(rights) == 0 || len(wrongs) == 0 {
		t.Fatalf("%s: nothing to answer with", v.Kind)
	}
	for _, g := range rights {
		if got := score(item, g); got != 100 {
			t.Fatalf("%s: the right answer %v scores %v, want 100\n%s", v.Kind, g, got, text)
		}
	}
	for _, g := range wrongs {
		if got := score(item, g); !(got < 100) {
			t.Fatalf("%s: the wrong answer %v scores %v, want less than 100\n%s", v.Kind, g, got, text)
		}
	}
}

// labels are the options of a response by what they show, and their names in order.
func labels(response *element.Node) (map[string]string, []string) {
	byText, order := map[string]string{}, []string{}
	for _, l := range response.Find("response_label") {
		shown := l.Find("mattext")[0]
		text := shown.Says()
		if shown.Attr("texttype") != "text/html" {
			text = markup.ToHTML(markup.FromText(text))
		}
		byText[text] = l.Attr("ident")
		order = append(order, l.Attr("ident"))
	}
	return byText, order
}

func answers(item *element.Node, v questions.Version) (rights, wrongs []given) {
	switch v.Kind {
	case questions.Choice, questions.Truth, questions.Several:
		return picked(item, v)
	case questions.Match, questions.Order:
		return arranged(item, v)
	case questions.Cloze:
		return filled(item, v)
	case questions.Flash:
		key, _ := v.Key(1)
		return []given{{"response1": {markup.ToText(key.Text)}}}, []given{{"response1": {"something else"}}, {}}
	}
	for _, a := range v.Answers {
		if a.Credit != 1 {
			continue
		}
		for _, form := range foreign.Forms(a) {
			form = strings.ReplaceAll(form, ",", map[bool]string{true: "", false: ","}[v.Kind == questions.Number])
			rights = append(rights, given{"response1": {form}})
		}
		if n, err := strconv.ParseFloat(foreign.Digits(a.Text), 64); err == nil && v.Kind == questions.Number {
			rights = append(rights, given{"response1": {fmt.Sprint(n + .9*a.Slack)}})
			wrongs = append(wrongs, given{"response1": {fmt.Sprint(-1e9 - n)}})
		}
	}
	return rights, append(wrongs, given{"response1": {"something else"}}, given{})
}

func picked(item *element.Node, v questions.Version) (rights, wrongs []given) {
	response := item.Find("response_lid")[0]
	_, order := labels(response)
	name := response.Attr("ident")
	var right, wrong []string
	for i, a := range v.Answers {
		if a.Credit == 1 {
			right = append(right, order[i])
		} else {
			wrong = append(wrong, order[i])
		}
	}
	for _, id := range wrong {
		wrongs = append(wrongs, given{name: {id}})
		if v.Kind == questions.Several {
			wrongs = append(wrongs, given{name: append([]string{id}, right...)}, given{name: right[1:]})
		}
	}
	return []given{{name: right}}, append(wrongs, given{})
}

func arranged(item *element.Node, v questions.Version) (rights, wrongs []given) {
	right := given{}
	pairs := kind.Pairs(v)
	responses := item.Find("response_lid")
	for i, r := range responses {
		byText, _ := labels(r)
		want := strconv.Itoa(i + 1)
		if v.Kind == questions.Match {
			want = markup.ToHTML(markup.FromText(markup.ToText(pairs[i].Right.Text)))
		}
		right[r.Attr("ident")] = []string{byText[want]}
	}
	for _, r := range responses {
		_, order := labels(r)
		for _, id := range order {
			if id == right[r.Attr("ident")][0] {
				continue
			}
			wrong := given{}
			for name, values := range right {
				wrong[name] = values
			}
			wrong[r.Attr("ident")] = []string{id}
			wrongs = append(wrongs, wrong)
		}
	}
	return []given{right}, append(wrongs, given{})
}

func filled(item *element.Node, v questions.Version) (rights, wrongs []given) {
	right := given{}
	for i, r := range item.Find("response_lid") {
		byText, order := labels(r)
		key, _ := v.Key(i + 1)
		for _, form := range foreign.Forms(key) {
			id := byText[markup.ToHTML(markup.FromText(form))]
			right[r.Attr("ident")] = []string{id}
			if i == 0 {
				wrongs = append(wrongs, given{r.Attr("ident"): {"none of " + order[0]}})
			}
		}
	}
	return []given{right}, append(wrongs, given{})
}
