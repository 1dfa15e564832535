"""The pages that join the rooms: home, and the assessment as it is read."""
