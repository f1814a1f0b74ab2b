"""The text of an article or a profile as an announcer reads it before a loudspeaker: everything that is written, in words.

Readings follow the northern standard that the state's radio keeps: nghìn, linh, tỷ, mùng, tháng tư.
"""
