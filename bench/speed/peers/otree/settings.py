"""The smallest oTree project that asks a live question."""

SESSION_CONFIGS = [{"name": "q", "app_sequence": ["q"], "num_demo_participants": 1}]
SESSION_CONFIG_DEFAULTS = {"real_world_currency_per_point": 1.0, "participation_fee": 0.0}
LANGUAGE_CODE = "en"
REAL_WORLD_CURRENCY_CODE = "USD"
USE_POINTS = True
ADMIN_USERNAME = "admin"
ADMIN_PASSWORD = "for the bench alone"
SECRET_KEY = "for the bench alone"
