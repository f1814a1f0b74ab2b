"""The content contract as pydantic models: the only schema there is.

Keys, labels, kinds of value and required keys are said here once; validation,
messages, forms and documentation are derived from these models.
"""
