"""Pictures of the screens, to be looked at: `python -m tests.browser.screenshots FOLDER [WORD ...]`.

Without words it makes the series: eight screens, each on a desktop in light and dark and on a phone. Words
choose: a screen's name, `more` (the screens beside the series), `all`, and sizes and themes (`phone`,
`dark`). `screen` says what a screen is, `mail`, `settings` and `administration` how each is reached, `take`
takes them.
"""
