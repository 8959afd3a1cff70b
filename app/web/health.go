package web

import (
	"github.com/gofiber/fiber/v2"

	"thaw/app/fault"
)

// healthy says that the program runs.
func (s *Server) healthy(f *fiber.Ctx) error { return f.SendString("ok\n") }

// readied says that the database answers as well.
func (s *Server) readied(f *fiber.Ctx) error {
	if s.Ready != nil {
		if err := s.Ready(f.UserContext()); err != nil {
			return &fault.Fault{Kind: fault.Limited, Key: "fault.busy", Busy: true, Err: err}
		}
	}
	return f.SendString("ready\n")
}
