package api

import (
	"context"
	"net/http"

	"aanmeldpunt/internal/mdt"
)

type meetingKey struct{}

// withMeeting finds the meeting that the path names, or answers 404 before anything else is judged.
func (s *Service) withMeeting(r *http.Request) (*http.Request, error) {
	meeting, err := s.Catalogue.Meeting(r.Context(), r.PathValue("bijeenkomst"))
	if err != nil {
		return nil, err
	}
	if meeting == nil {
		return nil, newProblem(http.StatusNotFound, "bijeenkomst.onbekend", map[string]string{"link": s.Site + "/"})
	}
	return r.WithContext(context.WithValue(r.Context(), meetingKey{}, *meeting)), nil
}

func meetingOf(r *http.Request) mdt.Meeting { return r.Context().Value(meetingKey{}).(mdt.Meeting) }

// posts is the endpoint of a meeting's resource that takes posts.
func (s *Service) posts(resource string, act func(http.ResponseWriter, *http.Request) error) endpoint {
	return endpoint{
		pattern: "/v1/bijeenkomsten/{bijeenkomst}/" + resource,
		prepare: s.withMeeting,
		methods: map[string]func(http.ResponseWriter, *http.Request) error{http.MethodPost: act},
	}
}
