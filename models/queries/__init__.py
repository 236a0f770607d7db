"""Reading a study: records in, frozen read models out. A bounded number of statements, however much there is."""
