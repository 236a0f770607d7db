"""The page shown while no study is open."""
