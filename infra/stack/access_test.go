package stack

import (
	"slices"
	"strings"
)

// actions are the IAM actions the templates may name: what no validator spells out. A new one is looked up
// before it is added.
var actions = map[string]bool{}

func init() {
	for prefix, names := range map[string]string{
		"dynamodb": "BatchGetItem ConditionCheckItem DeleteItem DescribeStream GetItem GetRecords GetShardIterator ListStreams PutItem Query UpdateItem",
		"kms": "CancelKeyDeletion CreateGrant Decrypt DescribeKey DisableKey DisableKeyRotation EnableKey EnableKeyRotation Encrypt " +
			"GenerateDataKey GenerateDataKeyWithoutPlaintext GetKeyPolicy GetKeyRotationStatus ListGrants ListKeyPolicies ListResourceTags " +
			"PutKeyPolicy ReEncryptFrom ReEncryptTo RevokeGrant ScheduleKeyDeletion TagResource UntagResource UpdateKeyDescription",
		"lambda": "InvokeFunction",
		"logs":   "CreateLogStream PutLogEvents",
		"ses":    "SendEmail SendRawEmail",
		"sqs":    "SendMessage",
		"sts":    "AssumeRole",
	} {
		for name := range strings.FieldsSeq(names) {
			actions[prefix+":"+name] = true
		}
	}
}

// statement is one statement of a policy, and the resource that holds it.
type statement struct {
	in   resource
	body object
}

func (s statement) actions() (out []string) {
	for _, action := range list(s.body["Action"]) {
		text, _ := action.(string)
		out = append(out, text)
	}
	return out
}

// statements gives every statement of every policy.
func statements(root *template) (out []statement) {
	for _, r := range root.every("") {
		walk(r.props, func(m object) {
			if _, effect := m["Effect"]; effect {
				out = append(out, statement{r, m})
			}
		})
	}
	return out
}

var accessChecks = []check{{
	holds: "every policy names its actions and its resources",
	look: func(c *complaints, root *template) {
		for _, s := range statements(root) {
			c.want(s.in, "Effect", s.body["Effect"], "Allow")
			for _, action := range s.actions() {
				if !actions[action] {
					c.of(s.in, "%q is no action we know", action)
				}
			}
			if len(s.actions()) == 0 || s.body["NotAction"] != nil || s.body["NotResource"] != nil {
				c.of(s.in, "a statement that names no action")
			}
			for _, target := range list(s.body["Resource"]) {
				if text, _ := target.(string); strings.Contains(text, "*") && s.in.kind != "AWS::KMS::Key" {
					c.of(s.in, "the resource %q is no name", text)
				}
			}
			if _, trusts := s.body["Principal"]; !trusts && s.body["Resource"] == nil {
				c.of(s.in, "a statement without a resource")
			}
		}
	},
	breaks: map[string]func(*template){
		"a misspelt action": func(root *template) { statements(root)[1].body["Action"] = "dynamodb:Updateitem" },
		"a wildcard action": func(root *template) { statements(root)[1].body["Action"] = "dynamodb:*" },
		"any resource":      func(root *template) { ofAction(root, "dynamodb:UpdateItem")["Resource"] = "*" },
		"all but one":       func(root *template) { ofAction(root, "dynamodb:UpdateItem")["NotAction"] = "s3:GetObject" },
	},
}, {
	holds: "every function has a role of its own, which Lambda alone takes on",
	look: func(c *complaints, root *template) {
		for _, r := range root.every(lambdaFunction) {
			if !pointsAt(r.props["Role"], r.name+"Role") || r.props["Policies"] != nil {
				c.of(r, "its role is %v", r.props["Role"])
			}
			role := find(root, r.name+"Role")
			c.want(role, "Principal", at(role.props, "AssumeRolePolicyDocument", "Statement", 0, "Principal", "Service"), "lambda.amazonaws.com")
			if role.props["ManagedPolicyArns"] != nil {
				c.of(role, "policies that others wrote")
			}
		}
	},
	breaks: map[string]func(*template){
		"a borrowed role":    set("Meetings", "Role", object{"Fn::GetAtt": []any{"Access", "Outputs.PagesRole"}}),
		"a ready policy":     set("PagesRole", "ManagedPolicyArns", []any{"arn:aws:iam::aws:policy/AmazonDynamoDBFullAccess"}),
		"inline beside it":   set("Pages", "Policies", []any{"AmazonSESFullAccess"}),
		"anyone's to assume": set("MailerRole", "Service", "ec2.amazonaws.com", "AssumeRolePolicyDocument", "Statement", 0, "Principal"),
	},
}, {
	holds: "only the mailer sends, and only from our own address",
	look: func(c *complaints, root *template) {
		for _, s := range statements(root) {
			if !slices.ContainsFunc(s.actions(), func(a string) bool { return strings.HasPrefix(a, "ses:") }) {
				continue
			}
			c.want(s.in, "the sending role", s.in.name, "MailerRole")
			c.want(s.in, "ses:FromAddress", at(s.body, "Condition", "StringEquals", "ses:FromAddress"), object{"Ref": "Sender"})
			if len(list(s.body["Resource"])) != 2 {
				c.of(s.in, "the resources are not the identity and the configuration set")
			}
		}
	},
	breaks: map[string]func(*template){
		"any address": func(root *template) { delete(ofAction(root, "ses:SendEmail"), "Condition") },
		"others send": func(root *template) { ofAction(root, "lambda:InvokeFunction")["Action"] = "ses:SendEmail" },
	},
}}

// ofAction gives the first statement that allows an action.
func ofAction(root *template, action string) object {
	for _, s := range statements(root) {
		if slices.Contains(s.actions(), action) {
			return s.body
		}
	}
	panic("nobody may " + action)
}
