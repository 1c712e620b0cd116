package stack

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// scope is a template at a deploy: its parameters have values, and its parent knows its outputs.
type scope struct {
	*template
	parameters map[string]any
	above      *scope
}

// deployed gives the root template with parameters as somebody might deploy it.
func deployed(root *template, given map[string]any) *scope {
	s := &scope{template: root, parameters: map[string]any{}}
	for name, declared := range root.section("Parameters") {
		s.parameters[name] = at(declared, "Default")
	}
	for name, value := range given {
		s.parameters[name] = value
	}
	return s
}

// child enters a nested stack.
func (s *scope) child(name string) *scope {
	below := &scope{template: s.children[name], parameters: map[string]any{}, above: s}
	for parameter, declared := range below.section("Parameters") {
		value, given := at(s.resources()[name].props, "Parameters").(object)[parameter]
		if !given {
			below.parameters[parameter] = at(declared, "Default")
			continue
		}
		below.parameters[parameter] = s.value(value)
		if text, ok := below.parameters[parameter].(string); ok && at(declared, "Type") == "CommaDelimitedList" {
			below.parameters[parameter] = asList(text)
		}
	}
	return below
}

func asList(text string) []any {
	var out []any
	for part := range strings.SplitSeq(text, ",") {
		out = append(out, part)
	}
	return out
}

// entered calls visit with the root's scope and every child's.
func (s *scope) entered(visit func(*scope)) {
	visit(s)
	for name := range s.children {
		s.child(name).entered(visit)
	}
}

var pseudo = map[string]any{"AWS::StackName": "aanmeldpunt", "AWS::Region": "eu-central-1", "AWS::Partition": "aws",
	"AWS::AccountId": "123456789012", "AWS::URLSuffix": "amazonaws.com",
	"AWS::StackId": "arn:aws:cloudformation:eu-central-1:123456789012:stack/aanmeldpunt/0a1b2c3d-1111-2222-3333-444455556666"}

// value works out the intrinsics in a value. What only AWS can know becomes a name that says what it is.
func (s *scope) value(v any) any {
	switch v := v.(type) {
	case []any:
		out := []any{}
		for _, item := range v {
			out = append(out, s.value(item))
		}
		return out
	case object:
		if len(v) == 1 {
			for key, argument := range v {
				if key == "Ref" || key == "Condition" || strings.HasPrefix(key, "Fn::") {
					return s.intrinsic(key, argument)
				}
			}
		}
		out := object{}
		for key, item := range v {
			out[key] = s.value(item)
		}
		return out
	}
	return v
}

func (s *scope) intrinsic(key string, argument any) any {
	switch key {
	case "Ref":
		return s.ref(argument.(string))
	case "Condition":
		return s.condition(argument.(string))
	case "Fn::GetAtt":
		return s.attribute(at(argument, 0).(string), at(argument, 1).(string))
	case "Fn::Sub":
		return s.substitute(argument)
	case "Fn::If":
		if s.condition(at(argument, 0).(string)) {
			return s.value(at(argument, 1))
		}
		return s.value(at(argument, 2))
	case "Fn::Equals":
		return fmt.Sprint(s.value(at(argument, 0))) == fmt.Sprint(s.value(at(argument, 1)))
	case "Fn::And":
		return s.and(argument.([]any))
	case "Fn::Not":
		return s.value(at(argument, 0)) != true
	case "Fn::Select":
		return at(s.value(at(argument, 1)), at(argument, 0).(int))
	case "Fn::Split":
		var out []any
		for part := range strings.SplitSeq(fmt.Sprint(s.value(at(argument, 1))), at(argument, 0).(string)) {
			out = append(out, part)
		}
		return out
	case "Fn::Join":
		var parts []string
		for _, part := range list(s.value(at(argument, 1))) {
			parts = append(parts, fmt.Sprint(part))
		}
		return strings.Join(parts, at(argument, 0).(string))
	}
	panic("the tests do not know " + key)
}

// and is the intrinsic of that name.
func (s *scope) and(conditions []any) bool {
	return !slices.ContainsFunc(conditions, func(each any) bool { return s.value(each) != true })
}

func (s *scope) condition(name string) bool { return s.value(s.section("Conditions")[name]) == true }

func (s *scope) ref(name string) any {
	if value, ok := pseudo[name]; ok {
		return value
	}
	if value, ok := s.parameters[name]; ok {
		return value
	}
	return s.made(name)
}

// made is what a resource is called once it is there: a queue's name and an ARN both are this.
func (s *scope) made(name string) string { return "<" + s.path + "/" + name + ">" }

func (s *scope) attribute(name, attribute string) any {
	output, nested := strings.CutPrefix(attribute, "Outputs.")
	if !nested {
		return s.made(name)
	}
	below := s.child(name)
	return below.value(at(below.section("Outputs")[output], "Value"))
}

var placeholder = regexp.MustCompile(`\$\{([^}]+)\}`)

func (s *scope) substitute(argument any) string {
	text, own := argument, object{}
	if parts, ok := argument.([]any); ok {
		text, own = parts[0], parts[1].(object)
	}
	return placeholder.ReplaceAllStringFunc(text.(string), func(match string) string {
		name := match[2 : len(match)-1]
		if value, ok := own[name]; ok {
			return fmt.Sprint(s.value(value))
		}
		if resource, attribute, dotted := strings.Cut(name, "."); dotted {
			return fmt.Sprint(s.attribute(resource, attribute))
		}
		return fmt.Sprint(s.ref(name))
	})
}

func TestATemplateIsWorkedOutAsADeployWould(t *testing.T) {
	s := deployed(load(t), map[string]any{"Site": "https://mdt.example", "Sender": "team@post.example", "LinkKey": "b"})
	mail := s.child("Mail")
	for want, got := range map[string]any{
		"aanmeldpunt":              mail.parameters["Name"],
		"post.example":             s.child("Post").parameters["Domain"],
		"<infra/table.yaml/Table>": mail.parameters["TableName"],
		"b:{{resolve:secretsmanager:<infra/keys.yaml/LinkKeyB>:SecretString}},a:{{resolve:secretsmanager:<infra/keys.yaml/LinkKeyA>:SecretString}}": mail.value(
			at(mail.resources()["Mailer"].props, "Environment", "Variables", "LINK_KEYS")),
	} {
		if got != want {
			t.Errorf("got %v, want %v", got, want)
		}
	}
	if mail.condition("Sends") != true {
		t.Error("a deploy without further word sends letters")
	}
}
