package web

import (
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"time"

	"thaw/app/fault"
	"thaw/app/quiz"
)

// newToken makes a token for a form: a doubled submit carries the same one.
func newToken() string {
	raw := make([]byte, 16)
	_, _ = rand.Read(raw) // never fails
	return base64.RawURLEncoding.EncodeToString(raw)
}

// landingLife is how long a landing page may be answered.
const landingLife = time.Hour

// sealed is what a landing page carries.
type sealed struct {
	quiz.Landing
	Ends int64 // Unix seconds
}

// sealLanding encrypts what the landing page shows, since nothing of it is
// stored: in the clear, the order of the options would tell the key.
func (s *Server) sealLanding(ctx context.Context, l quiz.Landing) (string, error) {
	return s.seal(ctx, landingPurpose, sealed{l, s.Now().Add(landingLife).Unix()})
}

// landingPurpose tells the tokens of landing pages from others.
const landingPurpose = "landing page"

// openLanding reads a landing page's token; one that is not ours, or too old,
// is fault.Invalid.
func (s *Server) openLanding(ctx context.Context, token string) (quiz.Landing, error) {
	return s.openSealed(ctx, landingPurpose, token)
}

// A question after a section of a reading text is sealed in the same way, for as long as
// one may read.
const (
	readingPurpose = "reading question"
	readingLife    = 12 * time.Hour
)

func (s *Server) openSealed(ctx context.Context, purpose, token string) (quiz.Landing, error) {
	var l sealed
	if err := s.unseal(ctx, purpose, token, &l); err != nil {
		return quiz.Landing{}, err
	}
	if s.Now().Unix() > l.Ends {
		return quiz.Landing{}, fault.New(fault.Invalid, "fault.token_old")
	}
	return l.Landing, nil
}

// seal encrypts and authenticates what a page carries for a purpose.
func (s *Server) seal(ctx context.Context, purpose string, v any) (string, error) {
	raw, err := json.Marshal(v)
	if err != nil {
		return "", err
	}
	box, err := s.box(ctx, purpose)
	if err != nil {
		return "", err
	}
	nonce := make([]byte, box.NonceSize())
	if _, err := rand.Read(nonce); err != nil {
		return "", err
	}
	return base64.RawURLEncoding.EncodeToString(box.Seal(nonce, nonce, raw, nil)), nil
}

// unseal reads what seal made for the purpose; anything else is fault.Invalid.
func (s *Server) unseal(ctx context.Context, purpose, token string, v any) error {
	box, err := s.box(ctx, purpose)
	if err != nil {
		return err
	}
	raw, err := base64.RawURLEncoding.DecodeString(token)
	if err != nil || len(raw) < box.NonceSize() {
		return fault.Wrap(err, fault.Invalid, "fault.token")
	}
	clear, err := box.Open(nil, raw[:box.NonceSize()], raw[box.NonceSize():], nil)
	if err != nil {
		return fault.Wrap(err, fault.Invalid, "fault.token")
	}
	if err := json.Unmarshal(clear, v); err != nil {
		return fault.Wrap(err, fault.Invalid, "fault.token")
	}
	return nil
}

// box encrypts and authenticates with the installation's key.
func (s *Server) box(ctx context.Context, purpose string) (cipher.AEAD, error) {
	key, err := s.Desk.Sign(ctx, purpose)
	if err != nil {
		return nil, err
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(block)
}

// eventToken is the landing's token as it is stored: the nonce itself would let
// whoever reads the database into the guest's session.
func (s *Server) eventToken(ctx context.Context, nonce string) (string, error) {
	sum, err := s.Desk.Sign(ctx, "landing event", []byte(nonce))
	return base64.RawURLEncoding.EncodeToString(sum), err
}
