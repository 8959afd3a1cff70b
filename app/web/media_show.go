package web

import (
	"strings"

	"github.com/gofiber/fiber/v2"
)

// mediaShow sends a picture or a sound. What its name stands for never changes.
func (s *Server) mediaShow(f *fiber.Ctx) error {
	m, err := s.Editor.Store.Media(f.UserContext(), strings.Clone(f.Params("name")))
	if err != nil {
		return err
	}
	f.Set(fiber.HeaderContentType, m.Type)
	f.Set(fiber.HeaderCacheControl, "private, max-age=31536000, immutable")
	return f.Send(m.Data)
}
