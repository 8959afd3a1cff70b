package kind_test

import (
	"net/url"
	"strings"
	"testing"

	"thaw/questions"
	"thaw/questions/kind"
)

// A card of two languages says which side is in which.
func TestEachSideHasItsLanguage(t *testing.T) {
	k, _ := kind.Of(questions.Flash)
	v := k.Read(url.Values{"prompt": {"thaw"}, "key": {"оттепель"}, "lang": {"en"}, "back": {"ru"}})
	asked := questions.Asked{Version: v, Tried: questions.Response{"show"}, Buttons: 2}
	for name, page := range map[string]string{"turned": draw(t, k.Ask(asked)), "closed": draw(t, k.Show(asked, questions.Response{"good"}, nil))} {
		front, back, ok := strings.Cut(page, `class="back"`)
		if !ok || !strings.Contains(front, `lang="en"`) || strings.Contains(front, `lang="ru"`) || !strings.HasPrefix(back, ` lang="ru"`) {
			t.Errorf("the %s card does not give each side its language:\n%s", name, page)
		}
	}
	if edit := draw(t, k.Edit(questions.Editing{Version: v})); !strings.Contains(edit, `name="back" value="ru"`) {
		t.Errorf("the editor does not show the language of the back:\n%s", edit)
	}
	v.Back = "no language"
	for _, p := range k.Check(v) {
		if p.Field == "back" {
			return
		}
	}
	t.Error("a language that is none is taken")
}
