package bank

import (
	"context"
	"errors"
	"time"

	"thaw/app/fault"
	"thaw/app/people"
	"thaw/questions"
	"thaw/questions/format/markup"
	"thaw/questions/media"
)

// MediaStore keeps pictures and sounds.
type MediaStore interface {
	// AddMedia keeps files; one that is kept already stays as it is. fault.Denied, and
	// nothing kept, where the owner would have more than atMost bytes.
	AddMedia(ctx context.Context, owner questions.LearnerID, files []media.File, atMost int64, at time.Time) error
	// Media returns a file by its name. fault.Missing when there is none.
	Media(ctx context.Context, name string) (media.File, error)
}

// MediaEach is how many bytes of pictures and sounds a person may have.
const MediaEach = 256 << 20

// AddPicture keeps a picture or a sound and returns the Markdown that shows it, with what
// it shows for those who do not see it. The errors are fault.Invalid at the fields
// picture and alt, and fault.Denied.
func (e Editor) AddPicture(ctx context.Context, who people.Person, data []byte, alt string) (string, error) {
	if err := named(who); err != nil {
		return "", err
	}
	if alt = markup.FromText(alt); alt == "" {
		return "", fault.Bad([]fault.Field{{Name: "alt", Key: "edit.picture_no_alt"}})
	}
	f, err := media.Clean(data)
	var bad media.Error
	if errors.As(err, &bad) {
		return "", fault.Bad([]fault.Field{{Name: "picture", Key: bad.Reason.Code, Args: words(bad.Reason.Args)}})
	}
	return "![" + alt + "](/media/" + f.Name + ")", e.Store.AddMedia(ctx, who.ID, []media.File{f}, MediaEach, e.Now())
}

func words(args []string) []any {
	list := make([]any, len(args))
	for i, a := range args {
		list[i] = a
	}
	return list
}
