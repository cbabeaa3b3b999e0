"""A sample organisation for looking around, for screenshots and for measuring.

`people` says who lives there, `conversations` and `phrases` what they write to each other, `letters` and
`attachments` make messages of it, `fill` puts them into an empty installation by the ordinary verbs, `many`
makes one large mailbox. Everything but the moment it is filled is the same every time.
"""
