"""The Laboratory tab: values by test and date with their grades, entry by panel, trends, vital signs."""
