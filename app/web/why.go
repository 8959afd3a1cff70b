package web

import (
	"thaw/app/report"
	"thaw/app/study"
	"thaw/views"
)

// reasons says why each fact is on the list.
func (s *Server) reasons(c *Ctx, o report.Overview, tasks []study.Task) (views.Reasons, error) {
	return views.Reasons{}, nil
}
