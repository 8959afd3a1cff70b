package dbtest

import (
	"testing"

	"thaw/app/bank"
	"thaw/app/fault"
	"thaw/app/people"
	"thaw/db"
	"thaw/questions"
	"thaw/questions/media"
)

// pictures are kept once, for whoever sent them first, within what a person may have.
func pictures(t *testing.T, d *db.DB) {
	k := newDesk(t, d)
	red, blue := media.File{Name: "red.png", Type: "image/png", Data: []byte("red")}, media.File{Name: "blue.png", Type: "image/png", Data: []byte("blue")}
	check(t, k.store.AddMedia(ctx, k.author.ID, []media.File{red}, 6, now))
	check(t, k.store.AddMedia(ctx, k.other.ID, []media.File{red}, 0, now))
	got, err := k.store.Media(ctx, red.Name)
	check(t, err)
	same(t, got, red, "the picture")
	wantKind(t, k.store.AddMedia(ctx, k.author.ID, []media.File{blue}, 6, now), fault.Denied, "more than one may have")
	_, err = k.store.Media(ctx, blue.Name)
	wantKind(t, err, fault.Missing, "a picture that was not kept")
}

// forgetsPictures of somebody who is forgotten, but for what others show.
func forgetsPictures(t *testing.T, d *db.DB) {
	k := newDesk(t, d)
	const mine, theirs = "00112233445566778899aabbccddeeff-4x2.png", "ff112233445566778899aabbccddeeff-4x2.png"
	for _, name := range []string{mine, theirs} {
		check(t, k.store.AddMedia(ctx, k.author.ID, []media.File{{Name: name, Type: "image/png", Data: []byte(name)}}, 1<<20, now))
	}
	f := speech("portrait")
	f.Version.Prompt = "Who is this? ![A man](/media/" + mine + ")"
	k.write(t, f)
	theirBank, err := k.editor.NewBank(ctx, k.other, bank.Bank{Title: "Other", Lang: "en"}, token("theirs"))
	check(t, err)
	f.Token, f.NewTopic, f.Topic = token("portraits"), "Faces", 0
	f.Version.Prompt = "Who is this? ![A man](/media/" + theirs + ")"
	_, err = k.editor.Write(ctx, k.other, bank.Place{Bank: theirBank}, f)
	check(t, err)
	n, err := db.People{DB: d}.ForgetAgain(ctx, []people.Gone{{ID: questions.LearnerID(k.author.ID), At: now}})
	check(t, err)
	same(t, n, 1, "people forgotten")
	_, err = k.store.Media(ctx, mine)
	wantKind(t, err, fault.Missing, "the picture of somebody who is forgotten")
	_, err = k.store.Media(ctx, theirs)
	check(t, err)
}
