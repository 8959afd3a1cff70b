package web_test

import (
	"bytes"
	"image"
	"image/png"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
)

// upload sends a form with a file.
func (v *visitor) upload(path string, form url.Values, field string, file []byte) (int, string) {
	v.t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for name, values := range form {
		for _, value := range values {
			_ = w.WriteField(name, value)
		}
	}
	part, err := w.CreateFormFile(field, "photo of my house.png")
	if err != nil {
		v.t.Fatal(err)
	}
	_, _ = part.Write(file)
	_ = w.Close()
	req := httptest.NewRequest(http.MethodPost, path, &b)
	req.Header.Set("Content-Type", w.FormDataContentType())
	req.Header.Set("Sec-Fetch-Site", "same-origin")
	req.Header.Set("Cookie", v.cookie)
	res, err := v.server.App().Test(req, -1)
	if err != nil {
		v.t.Fatal(err)
	}
	return res.StatusCode, body(v.t, res)
}

func picture(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewRGBA(image.Rect(0, 0, 40, 20))); err != nil {
		t.Fatal(err)
	}
	return append(b.Bytes(), "where it was taken"...)
}

func TestAPictureIsPutIntoAQuestion(t *testing.T) {
	s := open(t)
	v := teacher(s, "Ada")
	path := v.newBank("Faces")
	form := choiceForm(v.page(path+"/questions/new?kind=choice"), "Who is this?")
	form.Set("do", "picture")

	code, page := v.upload(path+"/questions", form, "picture", picture(t))
	wantIn(t, page, says("edit.picture_no_alt"), "Who is this?")
	if code != 422 {
		t.Errorf("without what it shows: %d, want 422", code)
	}
	form.Set("alt", `A man & his "hat"`)
	code, page = v.upload(path+"/questions", form, "picture", []byte("<svg onload=alert(1)>"))
	wantIn(t, page, says("media.unknown"), "Who is this?")
	if code != 422 {
		t.Errorf("no picture: %d, want 422", code)
	}
	if n := count(s, "SELECT COUNT(*) FROM media"); n != 0 {
		t.Errorf("%d pictures are kept, want none", n)
	}

	code, page = v.upload(path+"/questions", form, "picture", picture(t))
	wantIn(t, page, says("edit.picture_added"), "![A man &amp; his &#34;hat&#34;](/media/", `width="40" height="20"`)
	if code != 200 || count(s, "SELECT COUNT(*) FROM media") != 1 || count(s, "SELECT COUNT(*) FROM question WHERE bank > 1") != 0 {
		t.Errorf("got %d, want the form again, and nothing stored but the picture", code)
	}
	_, rest, _ := strings.Cut(page, `<img src="`)
	src, _, _ := strings.Cut(rest, `"`)
	res := v.send("GET", src, nil)
	defer res.Body.Close()
	data, _ := io.ReadAll(res.Body)
	if res.StatusCode != 200 || res.Header.Get("Content-Type") != "image/png" || !strings.Contains(res.Header.Get("Cache-Control"), "immutable") || bytes.Contains(data, []byte("taken")) {
		t.Errorf("GET %s: %d, %v", src, res.StatusCode, res.Header)
	}
	form.Del("do")
	form.Set("prompt", "Who is this?\n\n![A man]("+src+")")
	if code, _ := v.ask(path+"/questions", form); code != 303 {
		t.Errorf("saving it: %d, want 303", code)
	}
}

// A body may be large where a file is expected, and nowhere else.
func TestLargeFilesHaveTheirRoutes(t *testing.T) {
	s := open(t)
	v := teacher(s, "Ada")
	path := v.newBank("Faces")
	form := choiceForm(v.page(path+"/questions/new?kind=choice"), "Who is this?")
	form.Set("do", "picture")
	form.Set("alt", "much")
	big := append(picture(t), make([]byte, 1<<20)...)
	if code, _ := v.upload(path+"/questions", form, "picture", big); code != 200 {
		t.Errorf("a megabyte where pictures go: %d, want 200", code)
	}
	if code, _ := v.upload("/settings", form, "picture", big); code != 413 {
		t.Errorf("a megabyte elsewhere: %d, want 413", code)
	}
	if code, _ := v.upload(path+"/questions", form, "picture", make([]byte, 13<<20)); code != 413 {
		t.Errorf("13 megabytes where pictures go: %d, want 413", code)
	}
}
