"""Settings by place of use; base is safe by default and alone reads the environment."""
