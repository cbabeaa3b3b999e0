"""What is done with a message for one local recipient before it is filed: filters in order, one verdict.

A filter is an async function of a message and a recipient that gives the verdict to go on with. It runs
before the delivery transaction, may be asked again for the same message, and changes nothing by itself.
"""
