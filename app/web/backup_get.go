package web

import (
	"os"
	"time"

	"github.com/gofiber/fiber/v2"
)

// backupGet sends a backup as a file, at the reader's pace.
func (s *Server) backupGet(f *fiber.Ctx) error {
	c, err := s.read(f)
	if err != nil {
		return err
	}
	b, err := s.backup(c)
	if err != nil {
		return err
	}
	if err := s.Desk.TookBackup(c.Context(), c.Person); err != nil {
		return err
	}
	from, err := s.Backups.Open(b.Name)
	if err != nil {
		return err
	}
	s.cookies(f, c)
	f.Set(fiber.HeaderContentType, fiber.MIMEOctetStream)
	f.Set(fiber.HeaderContentDisposition, `attachment; filename="`+b.Name+`"`)
	return f.SendStream(&paced{from, f.Context().Conn()}, int(b.Size))
}

// paced gives each piece of a long answer the time of a whole one, so that a slow reader
// gets it all and a dead one is let go.
type paced struct {
	from *os.File
	to   interface{ SetWriteDeadline(time.Time) error }
}

// Read implements io.Reader.
func (p *paced) Read(into []byte) (int, error) {
	if err := p.to.SetWriteDeadline(time.Now().Add(writeTime)); err != nil {
		return 0, err
	}
	return p.from.Read(into)
}

// Close implements io.Closer: the server calls it.
func (p *paced) Close() error { return p.from.Close() }
