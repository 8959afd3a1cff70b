package apkg

import (
	"crypto/sha1" // #nosec G505 -- Anki's own check sum, and a name; nothing is protected by it
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"thaw/questions"
	"thaw/questions/format/bundle"
	"thaw/questions/kind"
)

// token is what a note of ours keeps of its questions, so that they come back as what
// they were: Base64 of JSON, in a field that no card shows, or in the note's data. It
// counts as long as the fields say what they said when it was written. stored: never
// rename
type token struct {
	Thaw  int         `json:"thaw"` // edition
	Seen  string      `json:"seen"` // what the fields said
	Items few[keptOf] `json:"items"`
}

// keptOf is a question as it was, one for each card.
type keptOf struct {
	ID      string            `json:"id,omitempty"`
	Name    string            `json:"name,omitempty"`
	Topic   []string          `json:"topic,omitempty"`
	Tags    []string          `json:"tags,omitempty"`
	State   string            `json:"state,omitempty"`
	Twin    string            `json:"twin,omitempty"`
	Mirrors string            `json:"mirrors,omitempty"`
	Version questions.Version `json:"version"`
}

// edition is the number of the token that is written. Another is not understood.
const edition = 1

// keeping is the name of the field that holds a token.
const keeping = "Thaw"

// keep makes a token of the questions of a note.
func keep(items []bundle.Item, fields []string) string {
	t := token{Thaw: edition, Seen: seen(fields)}
	for _, it := range items {
		t.Items = append(t.Items, keptOf{ID: it.ID, Name: it.Name, Topic: it.Topic, Tags: it.Tags, State: it.State, Twin: it.Twin, Mirrors: it.Mirrors, Version: bare(it.Version)})
	}
	text, _ := json.Marshal(t) // a number that is none: there is no such version
	return base64.RawStdEncoding.EncodeToString(text)
}

// bare is a version without the ids of a database.
func bare(v questions.Version) questions.Version {
	v.Ref, v.Passage = questions.Ref{}, 0
	v.Answers = slices.Clone(v.Answers)
	for i := range v.Answers {
		v.Answers[i].Fact, v.Answers[i].Entity = 0, 0
	}
	return v
}

// kept reads the token of a note; nil where there is none, or where somebody has changed
// the note since.
func (r *reader) kept(n *note) *token {
	text, fields := n.data, n.fields
	if last := len(fields) - 1; last >= 0 && last < len(n.kind.fields) && n.kind.fields[last] == keeping {
		text, fields = fields[last], fields[:last]
	}
	if len(text) < 20 {
		return nil
	}
	data, err := base64.RawStdEncoding.DecodeString(strings.TrimSpace(text))
	var t token
	if err != nil || json.Unmarshal(data, &t) != nil || t.Thaw != edition || t.Seen != seen(fields) || len(t.Items) == 0 {
		return nil
	}
	for _, it := range t.Items {
		if _, ok := kind.Of(it.Version.Kind); !ok || len(it.Version.Answers) > 500 {
			return nil
		}
	}
	if guid(t.Items[0].ID) != n.guid { // a copy that somebody has made
		for i := range t.Items {
			t.Items[i].ID, t.Items[i].Mirrors = "", ""
		}
	}
	if !slices.Equal(tagged(t.Items[0].Tags), n.tags) {
		for i := range t.Items {
			t.Items[i].Tags = n.tags
		}
	}
	return &t
}

// item is the question of the card of a place.
func (t *token) item(ord int) (bundle.Item, bool) {
	if t == nil || ord < 0 || ord >= len(t.Items) {
		return bundle.Item{}, false
	}
	it := t.Items[ord]
	return bundle.Item{ID: it.ID, Name: it.Name, Topic: it.Topic, Tags: it.Tags, State: it.State, Twin: it.Twin, Mirrors: it.Mirrors, Version: bare(it.Version)}, true
}

// seen says what fields say, in a few signs: as Anki keeps them, which composes letters.
func seen(fields []string) string {
	sum := sha1.Sum([]byte(norm.NFC.String(strings.TrimSpace(strings.Join(fields, "\x1f"))))) // #nosec G401 -- see above
	return base64.RawStdEncoding.EncodeToString(sum[:9])
}

// guid is the name of a note in Anki, the same for the same question whenever it is
// written: ten letters of the sum of its name.
func guid(name string) string {
	const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&()*+,-./:;<=>?@[]^_`{|}~"
	n := hash(name)
	text := make([]byte, 10)
	for i := range text {
		text[i] = letters[n%uint64(len(letters))]
		n /= uint64(len(letters))
	}
	return string(text)
}

// hash makes a number of a name.
func hash(name string) uint64 {
	sum := sha1.Sum([]byte(name)) // #nosec G401 -- see above
	return binary.BigEndian.Uint64(sum[:])
}

// tagged are tags as Anki can keep them: without blanks.
func tagged(tags []string) []string {
	var list []string
	for _, tag := range tags {
		if tag = strings.Join(strings.Fields(tag), "_"); tag != "" && !slices.Contains(list, tag) {
			list = append(list, tag)
		}
	}
	return list
}
