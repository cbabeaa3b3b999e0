"""What reads bytes of strangers, given any bytes: by Hypothesis in the suite, by atheris for longer."""
