"""Stories that guides tell, and the tours made of them."""
