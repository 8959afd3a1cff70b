package people

import (
	"fmt"
	"strings"
	"testing"
)

// said is a line as it comes out: its name, or why there is none.
func said(p Pasted) string {
	if !p.New {
		return fmt.Sprintf("%d %s", p.Line, strings.TrimPrefix(p.Key, "roster.line_"))
	}
	return p.Name
}

func TestPastedNames(t *testing.T) {
	there := Roster{Teachers: []Member{{Name: "Vera Noor"}}, Seats: []Seat{{Member: Member{Name: "Mila"}}, {Member: Member{Name: "Ben K."}}}}
	for _, c := range []struct {
		what, text string
		whole      bool
		want       string
	}{
		{"one a line", "Ada Lovelace\n\n  Zoë  \r\nÉva Kiss", false, "Ada|Zoë|Éva"},
		{"last name first", "Lovelace, Ada\nvan Beethoven, Ludwig", false, "Ada|Ludwig"},
		{"two with a first name", "Ada Lovelace\nAda King\nZoë Last", false, "Ada L.|Ada K.|Zoë"},
		{"two with an initial", "Ada Lovelace\nAda Lamarr\nAda King", false, "Ada Lo.|Ada La.|Ada K."},
		{"one surname in the other", "Ada Love\nAda Lovelace", false, "Ada Love|Ada Lovel."},
		{"small words", "Jan van Dyck\nJan van Eyck", false, "Jan D.|Jan E."},
		{"without surnames", "Ada\nADA\nAda", false, "Ada|2 twice|3 twice"},
		{"one with, one without", "Ada\nAda King", false, "Ada|Ada K."},
		{"with letters already", "Ada L.\nAda K.", false, "Ada L.|Ada K."},
		{"the same line twice", "Ada King\nKing, Ada", false, "Ada|2 twice"},
		{"in full", "Ada Lovelace\nKing, Ada\nMila Q", true, "Ada Lovelace|Ada King|Mila Q"},
		{"who is there", "Mila\nMila Novak\nBen Kowalski\nBen Moore\nBen Ku.", false, "1 there|2 there|3 there|Ben M.|Ben Ku."},
		{"as the teacher is called", "Vera Noor", true, "1 staff"},
		{"numbered", "1. Ada Lovelace\n2) Zoë\n3 Ben Q\n• Éva", false, "Ada|Zoë|Ben Q|Éva"},
		{"nothing but a number", "7\n,\n;", false, "1 empty|2 empty|3 empty"},
		{"a table without a heading", "1\tAda\tLovelace\n2\tZoë\tLast", false, "Ada|Zoë"},
		{"a table", "No.;Last name;First name;Class\n1;Lovelace;Ada;10b\n2;\"King; the younger\";Ada;10b\n3;;Zoë;10b", false, "Ada L.|Ada K.|Zoë"},
		{"a table in another language", "Name,Vorname\nLovelace,Ada\nKing,Ada", false, "Ada L.|Ada K."},
		{"a table with whole names", "Number,Student\n1,Ada Lovelace\n2,\"King, Ada\"", false, "Ada L.|Ada K."},
		{"in quotation marks", "\"Lovelace, Ada\"", false, "Ada"},
		{"too long", strings.Repeat("x", 200) + "\nAda " + strings.Repeat("y", 200), false, "1 long|Ada"},
		{"hostile", "<script>alert(1)</script>\nA\u202ebc\n=1+1\n\U0001F600\U0001F600\na\u200fb", false, "<script>alert(1)</script>|2 signs|=1+1|\U0001F600\U0001F600|5 signs"},
		{"without small letters", "王小明\n李 明\n李 红", false, "王小明|李 明|李 红"},
	} {
		var got []string
		for _, p := range Paste(c.text, there, c.whole) {
			got = append(got, said(p))
		}
		if strings.Join(got, "|") != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.what, strings.Join(got, "|"), c.want)
		}
	}
}

func TestPastedNamesAreBounded(t *testing.T) {
	var text strings.Builder
	for i := range mostPasted + 2 {
		fmt.Fprintf(&text, "Pupil %c%c%d\n", 'A'+i%26, 'a'+i/26, i)
	}
	lines := Paste(text.String(), Roster{}, true)
	if last := lines[len(lines)-1]; last.New || last.Key != "roster.line_many" || !lines[mostPasted-1].New {
		t.Errorf("line %d comes to %+v, line %d to %+v", len(lines), last, mostPasted, lines[mostPasted-1])
	}
}

func TestShortNames(t *testing.T) {
	for name, want := range map[string]string{"Ada": "Ada", "Ada Lovelace": "Ada L.", "Ada L.": "Ada L.", "Jan van Eyck": "Jan E.", "": ""} {
		if got := Short(name); got != want {
			t.Errorf("Short(%q) = %q, want %q", name, got, want)
		}
	}
}

// FuzzPaste holds that nothing that is pasted stops the program, and that no two
// seats get one name.
func FuzzPaste(f *testing.F) {
	for _, seed := range []string{"Ada Lovelace\nAda King", "a;b\n\"", "Last name,First name\nx,\"y", "1.\t\u0301 \u0301", "\"\"\"a,b\"\"\""} {
		f.Add(seed, false)
	}
	f.Fuzz(func(t *testing.T, text string, whole bool) {
		seen := map[string]bool{}
		for _, p := range Paste(text, Roster{}, whole) {
			if !p.New {
				continue
			}
			if name, wrong := cleanName(p.Name); name != p.Name || wrong != nil || seen[Fold(name)] {
				t.Errorf("line %d becomes %q, which is no name, or somebody else's", p.Line, p.Name)
			}
			seen[Fold(p.Name)] = true
		}
	})
}
