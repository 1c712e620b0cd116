package stack

import (
	"fmt"
	"maps"
	"strings"
)

var loginChecks = []check{{
	holds: "nobody makes an account by themselves, and one shows an address by a code that is mailed to it",
	look: func(c *complaints, root *template) {
		pool := find(root, "Pool")
		c.want(pool, "AllowAdminCreateUserOnly", at(pool.props, "AdminCreateUserConfig", "AllowAdminCreateUserOnly"), true)
		c.want(pool, "UsernameAttributes", pool.props["UsernameAttributes"], []any{"email"})
		c.want(pool, "CaseSensitive", at(pool.props, "UsernameConfiguration", "CaseSensitive"), false)
		c.want(pool, "AutoVerifiedAttributes", pool.props["AutoVerifiedAttributes"], []any{"email"})
		c.want(pool, "AttributesRequireVerificationBeforeUpdate", at(pool.props, "UserAttributeUpdateSettings", "AttributesRequireVerificationBeforeUpdate"), []any{"email"})
		c.want(pool, "AllowedFirstAuthFactors", at(pool.props, "Policies", "SignInPolicy", "AllowedFirstAuthFactors"), []any{"PASSWORD", "EMAIL_OTP"})
		c.want(pool, "UserPoolTier", pool.props["UserPoolTier"], "ESSENTIALS")
		c.want(pool, "MfaConfiguration", pool.props["MfaConfiguration"], "OPTIONAL")
		c.want(pool, "EnabledMfas", pool.props["EnabledMfas"], []any{"SOFTWARE_TOKEN_MFA"})
		c.want(pool, "EmailSendingAccount", at(pool.props, "EmailConfiguration", "EmailSendingAccount"), "DEVELOPER")
		c.want(pool, "From", at(pool.props, "EmailConfiguration", "From"), object{"Ref": "Sender"})
		identity := login(root).value(at(pool.props, "EmailConfiguration", "SourceArn"))
		c.want(pool, "SourceArn", identity, "arn:aws:ses:eu-central-1:123456789012:identity/"+strings.Split(given["Sender"].(string), "@")[1])
	},
	breaks: map[string]func(*template){
		"open to all":         set("Pool", "AllowAdminCreateUserOnly", false, "AdminCreateUserConfig"),
		"passwords only":      set("Pool", "AllowedFirstAuthFactors", []any{"PASSWORD"}, "Policies", "SignInPolicy"),
		"no second factor":    set("Pool", "MfaConfiguration", "OFF"),
		"the cheapest kind":   set("Pool", "UserPoolTier", "LITE"),
		"Cognito's own mails": set("Pool", "EmailSendingAccount", "COGNITO_DEFAULT", "EmailConfiguration"),
		"an address untested": drop("Pool", "UserAttributeUpdateSettings"),
		"any identity":        set("Pool", "SourceArn", "arn:aws:ses:eu-central-1:123456789012:identity/example", "EmailConfiguration"),
	},
}, {
	holds: "each of Cognito's mails holds what it is sent for",
	look: func(c *complaints, root *template) {
		pool := find(root, "Pool")
		invitation, _ := at(pool.props, "AdminCreateUserConfig", "InviteMessageTemplate", "EmailMessage", "Fn::Sub").(string)
		for name, text := range map[string]any{"invitation": invitation, "code": pool.props["EmailAuthenticationMessage"],
			"verification": at(pool.props, "VerificationMessageTemplate", "EmailMessage")} {
			if !strings.Contains(fmt.Sprint(text), "{####}") {
				c.of(pool, "the %s has no code", name)
			}
		}
		for _, needed := range []string{"{username}", "${Site}/console"} {
			if !strings.Contains(invitation, needed) {
				c.of(pool, "the invitation has no %s", needed)
			}
		}
	},
	breaks: map[string]func(*template){
		"no code":    set("Pool", "EmailAuthenticationMessage", "Hallo"),
		"no address": set("Pool", "EmailMessage", object{"Fn::Sub": "{####} {username}"}, "AdminCreateUserConfig", "InviteMessageTemplate"),
	},
}, {
	holds: "the console gets codes, at its own address, and nothing more of Cognito",
	look: func(c *complaints, root *template) {
		client := find(root, "Client")
		c.want(client, "AllowedOAuthFlowsUserPoolClient", client.props["AllowedOAuthFlowsUserPoolClient"], true)
		c.want(client, "AllowedOAuthFlows", client.props["AllowedOAuthFlows"], []any{"code"})
		c.want(client, "AllowedOAuthScopes", client.props["AllowedOAuthScopes"], []any{"openid", "email"})
		c.want(client, "CallbackURLs", client.props["CallbackURLs"], []any{object{"Fn::Sub": "${Site}/console/terug"}})
		c.want(client, "LogoutURLs", client.props["LogoutURLs"], []any{object{"Fn::Sub": "${Site}/console/uit"}})
		c.want(client, "PreventUserExistenceErrors", client.props["PreventUserExistenceErrors"], "ENABLED")
		c.want(client, "GenerateSecret", client.props["GenerateSecret"], false)
		c.want(client, "ExplicitAuthFlows", client.props["ExplicitAuthFlows"], []any{"ALLOW_USER_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"})
		c.want("the pages", "ManagedLoginVersion", loginDomain(root)["ManagedLoginVersion"], 2)
		c.want("the pages", "style", at(find(root, "Style").props, "ClientId"), object{"Ref": "Client"})
	},
	breaks: map[string]func(*template){
		"tokens in addresses": set("Client", "AllowedOAuthFlows", []any{"implicit"}),
		"a back door":         set("Client", "CallbackURLs", []any{"http://localhost:8080/console/terug"}),
		"its own account":     set("Client", "AllowedOAuthScopes", []any{"openid", "email", "aws.cognito.signin.user.admin"}),
		"who is here":         drop("Client", "PreventUserExistenceErrors"),
		"passwords by script": set("Client", "ExplicitAuthFlows", []any{"ALLOW_USER_PASSWORD_AUTH"}),
		"the older pages":     func(root *template) { loginDomain(root)["ManagedLoginVersion"] = 1 },
	},
}, {
	holds: "Cognito is made once it can mail, and not beside another issuer",
	look: func(c *complaints, root *template) {
		prefix := login(root).value(loginDomain(root)["Domain"])
		c.want("the pages", "name", prefix, "aanmeldpunt-0a1b2c3d")
		logout := "https://<infra/login.yaml/Domain>.auth.eu-central-1.amazoncognito.com/logout?client_id=<infra/login.yaml/Client>&logout_uri=https%3A%2F%2Faanmelden.example%2Fconsole%2Fuit"
		for _, kind := range []struct {
			given object
			pool  bool
			want  []string // issuer, client, logout, pool
		}{
			{object{}, false, []string{"", "", "", ""}},
			{object{"SenderVerified": "true"}, true, []string{"<infra/login.yaml/Pool>", "<infra/login.yaml/Client>", logout, "<infra/login.yaml/Pool>"}},
			{object{"SenderVerified": "true", "Issuer": "https://id.example", "IssuerClient": "wij", "IssuerLogout": "https://id.example/uit"}, false,
				[]string{"https://id.example", "wij", "https://id.example/uit", ""}},
		} {
			settings := maps.Clone(given)
			settings["Site"] = "https://aanmelden.example"
			maps.Copy(settings, kind.given)
			with := deployed(root, settings).child("Login")
			for name, r := range with.resources() {
				condition, _ := r.whole["Condition"].(string)
				if condition == "" || with.condition(condition) != kind.pool {
					c.of(r, "with %v: %s is made: %v, want %v", kind.given, name, !kind.pool, kind.pool)
				}
			}
			for i, output := range []string{"Issuer", "Client", "Logout", "Pool"} {
				c.want(fmt.Sprint("with ", kind.given), output, with.value(at(with.section("Outputs")[output], "Value")), kind.want[i])
			}
		}
	},
	breaks: map[string]func(*template){
		"always": func(root *template) { delete(find(root, "Pool").whole, "Condition") },
		"beside another": func(root *template) {
			root.children["Login"].section("Conditions")["OwnPool"] = object{"Fn::Equals": []any{object{"Ref": "SenderVerified"}, "true"}}
		},
		"another's client": func(root *template) {
			at(root.children["Login"].section("Outputs"), "Client").(object)["Value"] = object{"Ref": "IssuerClient"}
		},
	},
}}

// login is the stack of signing in as it is at a deploy.
func login(root *template) *scope { return deployed(root, given).child("Login") }

// loginDomain gives what is set of Cognito's domain: the site's own domain has the same name in another template.
func loginDomain(root *template) object { return root.children["Login"].resources()["Domain"].props }
