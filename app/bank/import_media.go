package bank

import (
	"errors"
	"net/url"
	"path"
	"regexp"
	"strings"

	"golang.org/x/text/unicode/norm"

	"thaw/questions/format/bundle"
	"thaw/questions/media"
)

// shows finds what a text shows or plays: the place of a picture or a sound.
var shows = regexp.MustCompile(`(!\[[^\]\n]*\]\()([^)\s]+)(\))`)

// ours is the beginning of the address of what we keep.
const ours = "/media/"

// eachText calls change for every text of a file in which something may be shown.
func eachText(b *bundle.Bundle, change func(string) string) {
	for i := range b.Items {
		v := &b.Items[i].Version
		v.Prompt, v.Explain = change(v.Prompt), change(v.Explain)
		for n := range v.Answers {
			v.Answers[n].Text, v.Answers[n].Feedback = change(v.Answers[n].Text), change(v.Answers[n].Feedback)
		}
	}
	for i := range b.Sections {
		for n := range b.Sections[i].Passages {
			b.Sections[i].Passages[n].Text = change(b.Sections[i].Passages[n].Text)
		}
	}
}

// reshow changes the places of what a text shows.
func reshow(text string, change func(place string) string) string {
	if !strings.Contains(text, "](") {
		return text
	}
	return shows.ReplaceAllStringFunc(text, func(found string) string {
		m := shows.FindStringSubmatch(found)
		return m[1] + change(m[2]) + m[3]
	})
}

// cleanMedia makes the pictures and sounds of a file fit to be kept, names them as we do
// and lets the texts show them there. What cannot be kept, or is not in the file, is
// noted.
func cleanMedia(b *bundle.Bundle) {
	names, kept := map[string]string{}, map[string]bool{}
	var list []bundle.Media
	for _, m := range b.Media {
		f, err := cleanFile(m)
		var bad media.Error
		if errors.As(err, &bad) {
			b.Notes = append(b.Notes, bundle.Problem{Item: m.Name, Reason: bundle.Because("import.media", m.Name), Kind: bad.Reason.Code})
			continue
		}
		names[nameOf(m.Name)] = ours + f.Name
		if !kept[f.Name] {
			kept[f.Name] = true
			list = append(list, bundle.Media{Name: f.Name, Data: f.Data})
		}
	}
	b.Media = list
	absent := map[string]bool{}
	eachText(b, func(text string) string {
		return reshow(text, func(place string) string {
			name := nameOf(place)
			if at, ok := names[name]; ok {
				return at
			}
			if !strings.Contains(place, "://") && !strings.HasPrefix(place, ours) && !strings.HasPrefix(place, "data:") && !absent[name] {
				absent[name] = true
				b.Notes = append(b.Notes, bundle.Problem{Item: name, Reason: bundle.Because("import.media_absent", name)})
			}
			return place
		})
	})
}

// cleanFile keeps what we have made already as it is.
func cleanFile(m bundle.Media) (media.File, error) {
	if name := path.Base(m.Name); media.Known(name, m.Data) {
		if f, err := media.Clean(m.Data); err != nil || f.Name == name {
			return f, err
		} else {
			return media.File{Name: name, Type: f.Type, Data: m.Data}, nil
		}
	}
	return media.Clean(m.Data)
}

// nameOf is the name of a file as it is looked up: a text has it as an address.
func nameOf(place string) string {
	if plain, err := url.PathUnescape(place); err == nil {
		place = plain
	}
	return norm.NFC.String(strings.TrimPrefix(strings.TrimPrefix(place, "./"), ours))
}

// filesOf are the pictures and sounds of a staged file, as they are stored.
func filesOf(b bundle.Bundle) []media.File {
	var files []media.File
	for _, m := range b.Media {
		files = append(files, media.File{Name: m.Name, Type: typeOf(m.Name), Data: m.Data})
	}
	return files
}

// typeOf is the MIME type of one of our names.
func typeOf(name string) string {
	return map[string]string{".png": "image/png", ".jpg": "image/jpeg", ".gif": "image/gif", ".mp3": "audio/mpeg", ".ogg": "audio/ogg",
		".wav": "audio/wav", ".m4a": "audio/mp4", ".flac": "audio/flac", ".webm": "audio/webm"}[path.Ext(name)]
}

// outward lets the texts of a bank show what they show by the name alone, as files do,
// and lists those names.
func outward(b *bundle.Bundle) []string {
	var names []string
	seen := map[string]bool{}
	eachText(b, func(text string) string {
		return reshow(text, func(place string) string {
			name, ok := strings.CutPrefix(place, ours)
			if !ok {
				return place
			}
			if !seen[name] {
				seen[name] = true
				names = append(names, name)
			}
			return name
		})
	})
	return names
}
