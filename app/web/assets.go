package web

import (
	"github.com/gofiber/fiber/v2"

	"thaw/views/assets"
)

// asset serves a style, script, font or icon; its address holds the hash of its
// content, so that it may be kept for ever.
func (s *Server) asset(f *fiber.Ctx) error {
	a, ok := assets.Open(f.Path())
	if !ok {
		return fiber.ErrNotFound
	}
	f.Set(fiber.HeaderCacheControl, "public, max-age=31536000, immutable")
	f.Set(fiber.HeaderContentType, a.Type)
	f.Set(fiber.HeaderETag, a.ETag)
	f.Vary(fiber.HeaderAcceptEncoding)
	if len(a.Gzip) > 0 && gzips(f) {
		f.Set(fiber.HeaderContentEncoding, "gzip")
		return f.Send(a.Gzip)
	}
	return f.Send(a.Body)
}
