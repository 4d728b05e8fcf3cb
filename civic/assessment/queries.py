"""Stand-in until assessment is there."""


def has_interest(subject, user_id):
    return False


def who_assessed(subject):
    return frozenset()


def result_of(subject):
    return None


def published_scores(subject):
    return []


def panel_of(owner):
    return owner


def criteria_of(panel):
    return [panel]
