package stack

import (
	"encoding/base64"
	"strings"

	"aanmeldpunt/internal/store"
)

var storageChecks = []check{{
	holds: "what is stored stays when the stack goes",
	look: func(c *complaints, root *template) {
		for _, r := range root.every("") {
			switch r.kind {
			case "AWS::DynamoDB::Table", "AWS::KMS::Key", "AWS::SecretsManager::Secret", "AWS::Cognito::UserPool":
			case "AWS::CloudFormation::Stack":
				if r.name != "Table" && r.name != "Keys" {
					continue
				}
			default:
				continue
			}
			c.want(r, "DeletionPolicy", r.whole["DeletionPolicy"], "Retain")
			c.want(r, "UpdateReplacePolicy", r.whole["UpdateReplacePolicy"], "Retain")
		}
		for _, r := range root.every("AWS::DynamoDB::Table") {
			c.want(r, "DeletionProtectionEnabled", r.props["DeletionProtectionEnabled"], true)
		}
		c.want("the accounts", "DeletionProtection", find(root, "Pool").props["DeletionProtection"], "ACTIVE")
	},
	breaks: map[string]func(*template){
		"a table that goes":        func(root *template) { delete(tableOf(root).whole, "DeletionPolicy") },
		"a table that is replaced": func(root *template) { delete(tableOf(root).whole, "UpdateReplacePolicy") },
		"a table that can be lost": func(root *template) { tableOf(root).props["DeletionProtectionEnabled"] = false },
		"a secret that goes":       unkept("PersonKey", "DeletionPolicy"),
		"a key that goes":          unkept("Key", "UpdateReplacePolicy"),
		"accounts that go":         unkept("Pool", "DeletionPolicy"),
		"accounts one can lose":    drop("Pool", "DeletionProtection"),
		"the stack around it goes": func(root *template) { root.resources()["Table"].whole["DeletionPolicy"] = "Delete" },
	},
}, {
	holds: "the table is the one the code speaks to",
	look: func(c *complaints, root *template) {
		table := tableOf(root)
		c.want(table, "KeySchema", table.props["KeySchema"], schema(store.AttrPK, store.AttrSK))
		c.want(table, "indexes", table.props["GlobalSecondaryIndexes"], indexes())
		c.want(table, "time to live", table.props["TimeToLiveSpecification"], object{"AttributeName": store.AttrExpires, "Enabled": true})
		c.want(table, "BillingMode", table.props["BillingMode"], "PAY_PER_REQUEST")
	},
	breaks: map[string]func(*template){
		"another order":   func(root *template) { tableOf(root).props["KeySchema"] = schema(store.AttrSK, store.AttrPK) },
		"nothing expires": func(root *template) { delete(tableOf(root).props, "TimeToLiveSpecification") },
		"keys only": func(root *template) {
			at(tableOf(root).props, "GlobalSecondaryIndexes", 0, "Projection").(object)["ProjectionType"] = "KEYS_ONLY"
		},
		"an index less": func(root *template) {
			props := tableOf(root).props
			props["GlobalSecondaryIndexes"] = props["GlobalSecondaryIndexes"].([]any)[:len(store.Indexes)-1]
		},
		"another list": func(root *template) {
			at(tableOf(root).props, "GlobalSecondaryIndexes", 1).(object)["KeySchema"] = schema(store.AttrList, store.AttrOrder)
		},
	},
}, {
	holds: "the table is copied, sealed, and its stream tells keys only",
	look: func(c *complaints, root *template) {
		table := tableOf(root)
		c.want(table, "point in time recovery", at(table.props, "PointInTimeRecoverySpecification", "PointInTimeRecoveryEnabled"), true)
		c.want(table, "stream", table.props["StreamSpecification"], object{"StreamViewType": "KEYS_ONLY"})
		c.want(table, "SSEType", at(table.props, "SSESpecification", "SSEType"), "KMS")
		c.want(table, "SSEEnabled", at(table.props, "SSESpecification", "SSEEnabled"), true)
		c.want(table, "key", at(table.props, "SSESpecification", "KMSMasterKeyId"), object{"Ref": "KeyArn"})
		c.want(find(root, "Key"), "EnableKeyRotation", find(root, "Key").props["EnableKeyRotation"], true)
		for _, r := range root.every("AWS::SQS::Queue") {
			c.want(r, "SqsManagedSseEnabled", r.props["SqsManagedSseEnabled"], true)
			c.want(r, "days it keeps", r.props["MessageRetentionPeriod"], 14*24*3600)
		}
	},
	breaks: map[string]func(*template){
		"no copies": func(root *template) { delete(tableOf(root).props, "PointInTimeRecoverySpecification") },
		"whole items": func(root *template) {
			at(tableOf(root).props, "StreamSpecification").(object)["StreamViewType"] = "NEW_IMAGE"
		},
		"AWS's own key":    func(root *template) { delete(at(tableOf(root).props, "SSESpecification").(object), "KMSMasterKeyId") },
		"open failures":    drop("ReportFailures", "SqsManagedSseEnabled"),
		"one key for ever": set("Key", "EnableKeyRotation", false),
	},
}, {
	holds: "a secret is base64 of at least 32 bytes, sealed with our own key",
	look: func(c *complaints, root *template) {
		secrets := root.every("AWS::SecretsManager::Secret")
		c.want("the templates", "number of secrets", len(secrets), 3)
		for _, r := range secrets {
			c.want(r, "KmsKeyId", r.props["KmsKeyId"], object{"Fn::GetAtt": []any{"Key", "Arn"}})
			c.want(r, "SecretString", r.props["SecretString"], nil)
			made := generated(at(r.props, "GenerateSecretString"))
			if key, err := base64.StdEncoding.DecodeString(made); err != nil || len(key) < 32 {
				c.of(r, "it makes things like %q: %d bytes, %v", made, len(key), err)
			}
		}
	},
	breaks: map[string]func(*template){
		"with punctuation": drop("LinkKeyA", "ExcludePunctuation", "GenerateSecretString"),
		"no whole bytes":   set("LinkKeyB", "PasswordLength", 63, "GenerateSecretString"),
		"too short":        set("PersonKey", "PasswordLength", 32, "GenerateSecretString"),
		"in the template":  set("PersonKey", "SecretString", "geheim"),
	},
}}

func tableOf(root *template) resource { return root.every("AWS::DynamoDB::Table")[0] }

func schema(hash, sort string) []any {
	keys := []any{object{"AttributeName": hash, "KeyType": "HASH"}}
	if sort != "" {
		keys = append(keys, object{"AttributeName": sort, "KeyType": "RANGE"})
	}
	return keys
}

// indexes are those that the engine asks, as the template says it.
func indexes() (all []any) {
	for _, x := range store.Indexes {
		projection := "ALL"
		if x.KeysOnly {
			projection = "KEYS_ONLY"
		}
		all = append(all, object{"IndexName": x.Name, "KeySchema": schema(x.List, x.Order), "Projection": object{"ProjectionType": projection}})
	}
	return all
}

// generated is a text of the kind that Secrets Manager makes: its hardest one, with every kind of character
// that is not excluded.
func generated(rules any) string {
	length, _ := at(rules, "PasswordLength").(int)
	letters := "aZ9"
	if at(rules, "ExcludePunctuation") != true {
		letters += "!"
	}
	return strings.Repeat(letters, length)[:length]
}
