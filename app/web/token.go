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
	raw, err := json.Marshal(sealed{l, s.Now().Add(landingLife).Unix()})
	if err != nil {
		return "", err
	}
	box, err := s.box(ctx)
	if err != nil {
		return "", err
	}
	nonce := make([]byte, box.NonceSize())
	if _, err := rand.Read(nonce); err != nil {
		return "", err
	}
	return base64.RawURLEncoding.EncodeToString(box.Seal(nonce, nonce, raw, nil)), nil
}

// box encrypts and authenticates with the installation's key.
func (s *Server) box(ctx context.Context) (cipher.AEAD, error) {
	key, err := s.Desk.Sign(ctx, "landing page")
	if err != nil {
		return nil, err
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(block)
}

// openLanding reads a landing page's token; one that is not ours, or too old,
// is fault.Invalid.
func (s *Server) openLanding(ctx context.Context, token string) (quiz.Landing, error) {
	box, err := s.box(ctx)
	if err != nil {
		return quiz.Landing{}, err
	}
	raw, err := base64.RawURLEncoding.DecodeString(token)
	if err != nil || len(raw) < box.NonceSize() {
		return quiz.Landing{}, fault.Wrap(err, fault.Invalid, "fault.token")
	}
	clear, err := box.Open(nil, raw[:box.NonceSize()], raw[box.NonceSize():], nil)
	if err != nil {
		return quiz.Landing{}, fault.Wrap(err, fault.Invalid, "fault.token")
	}
	var l sealed
	if err := json.Unmarshal(clear, &l); err != nil {
		return quiz.Landing{}, fault.Wrap(err, fault.Invalid, "fault.token")
	}
	if s.Now().Unix() > l.Ends {
		return quiz.Landing{}, fault.New(fault.Invalid, "fault.token_old")
	}
	return l.Landing, nil
}

// eventToken is the landing's token as it is stored: the nonce itself would let
// whoever reads the database into the guest's session.
func (s *Server) eventToken(ctx context.Context, nonce string) (string, error) {
	sum, err := s.Desk.Sign(ctx, "landing event", []byte(nonce))
	return base64.RawURLEncoding.EncodeToString(sum), err
}
