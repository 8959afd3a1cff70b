package builtin

import "slices"

// Kinds of questions that a topic may hold. stored: never rename
const (
	Choice  = "choice"
	Several = "several"
	Truth   = "truth"
	Order   = "order"
	Match   = "match"
	Text    = "text"
	Number  = "number"
	Date    = "date"
	Cloze   = "cloze"
	Flash   = "flash"
)

// everyKind lists the fields that a question of any kind must have; all but those
// that are arranged have a fact as well.
var everyKind = []string{"slug", "kind", "level", "explain", "passage"}

// kindRule says which further fields a kind has and what else must hold.
type kindRule struct {
	name  string
	needs []string
	may   []string
	check func(*checker, item, Question)
}

// kindRules is the table of all kinds: a new one is one more line.
var kindRules = []kindRule{
	{Choice, []string{"prompt", "key", "wrong"}, []string{"fixed", "place"}, (*checker).choice},
	{Several, []string{"prompt", "keys", "wrong"}, nil, (*checker).several},
	{Truth, []string{"prompt", "key", "why"}, nil, (*checker).truth},
	{Order, []string{"prompt", "items"}, nil, (*checker).order},
	{Match, []string{"prompt", "items"}, []string{"wrong"}, (*checker).match},
	{Text, []string{"prompt", "key", "match"}, []string{"accept", "entity"}, (*checker).text},
	{Number, []string{"prompt", "key"}, []string{"slack", "accept"}, (*checker).number},
	{Date, []string{"prompt", "key"}, []string{"accept"}, (*checker).date},
	{Cloze, []string{"prompt", "gaps"}, nil, (*checker).cloze},
	{Flash, []string{"front", "key"}, []string{"entity"}, (*checker).flash},
}

var (
	truths      = []string{"true", "false"}
	levels      = []string{"remember", "understand", "apply", "analyse"}
	matches     = []string{"person", "place", "org", "title", "term"}
	gapMatches  = append([]string{"date", "number"}, matches...)
	entityKinds = []string{"person", "place", "org", "title", "term", "date", "number", "event"}
)

func findKind(name string) (kindRule, bool) {
	i := slices.IndexFunc(kindRules, func(r kindRule) bool { return r.name == name })
	if i < 0 {
		return kindRule{}, false
	}
	return kindRules[i], true
}

func kindNames() []string {
	var names []string
	for _, rule := range kindRules {
		names = append(names, rule.name)
	}
	return names
}

// has tells whether a question of the kind has the field.
func (r kindRule) has(field string) bool {
	return field == "inventory" || field == "fact" && r.name != Order && r.name != Match || slices.Contains(everyKind, field) ||
		slices.Contains(r.needs, field) || slices.Contains(r.may, field)
}
