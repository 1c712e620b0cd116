package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net"
	"strconv"
)

// poster posts registrations over one connection that stays open, one after another. It is no HTTP client
// but the least that speaks HTTP/1.1, for what it costs is counted against the server it speaks to.
type poster struct {
	conn    net.Conn
	answers *bufio.Reader
	request numbered
}

func newPoster(addr, body string) (*poster, error) {
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		return nil, err
	}
	request := fmt.Sprintf("POST %s HTTP/1.1\r\nHost: %s\r\nUser-Agent: bench\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s",
		path, addr, len(body), body)
	return &poster{conn, bufio.NewReader(conn), numberedText([]byte(request))}, nil
}

// post registers visitor n; anything but 201 is an error.
func (p *poster) post(n int64) error {
	if _, err := p.conn.Write(p.request.with(n)); err != nil {
		return err
	}
	status, err := p.answers.ReadSlice('\n')
	if err != nil {
		return err
	}
	created := bytes.HasPrefix(status, []byte("HTTP/1.1 201 "))
	length, err := p.headers()
	if err != nil {
		return err
	}
	if created {
		_, err = p.answers.Discard(length)
		return err
	}
	answer := make([]byte, length)
	_, _ = io.ReadFull(p.answers, answer) // the error below says enough
	return fmt.Errorf("a post was not answered 201: %s", answer)
}

// headers reads up to the body and gives its length.
func (p *poster) headers() (length int, err error) {
	for {
		line, err := p.answers.ReadSlice('\n')
		if err != nil || len(line) == 2 {
			return length, err
		}
		if digits, ok := bytes.CutPrefix(line, []byte("Content-Length: ")); ok {
			if length, err = strconv.Atoi(string(bytes.TrimSpace(digits))); err != nil {
				return 0, err
			}
		}
	}
}
