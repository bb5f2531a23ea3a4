"""Files: what a conversation's rows say, as tables and as bytes.

Pure: a snapshot in, values out; no clock, so that two files made after the end are the same byte
for byte.
"""
