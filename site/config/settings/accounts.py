"""Accounts: django-allauth, the second factor, sessions. `base` takes all of it in (ADR 0017)."""

import environ

env = environ.Env()

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "members:login"
LOGIN_REDIRECT_URL = "members:my_page"
LOGOUT_REDIRECT_URL = "/"

ACCOUNT_ADAPTER = "members.account_adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1"]  # who has no password gets a code by mail
ACCOUNT_FORMS = {
    "login": "members.login_forms.LoginForm",
    "confirm_login_code": "members.login_forms.LoginCodeForm",
    "signup": "members.signup_forms.SignupForm",
    "confirm_email_verification_code": "members.signup_forms.AddressCodeForm",
    "add_email": "members.signup_forms.NewAddressForm",
    "reauthenticate": "members.password_forms.ReauthenticateForm",
    "change_password": "members.password_forms.ChangePasswordForm",
    "set_password": "members.password_forms.SetPasswordForm",
    "reset_password": "members.password_forms.ResetPasswordForm",
    "confirm_password_reset_code": "members.password_forms.ResetCodeForm",
    "reset_password_from_key": "members.password_forms.NewPasswordForm",
}
# Codes instead of links: mail scanners open links, and a code comes back into the browser that asked.
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 30 * 60
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = 3
# Changing the address at this point is possible for new ones only: the page would tell known addresses.
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_CHANGE = False
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = 3
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_PASSWORD_RESET_BY_CODE_MAX_ATTEMPTS = 5
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "length": 6, "dashed": False}
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_MAX_EMAIL_ADDRESSES = 2  # the address, and the one it is being changed to
ACCOUNT_EMAIL_NOTIFICATIONS = True  # "your password was changed"
ACCOUNT_EMAIL_SUBJECT_PREFIX = "【つなぐ】"
ACCOUNT_REAUTHENTICATION_REQUIRED = True
# Known and unknown addresses get the same answers; both get one mail.
ACCOUNT_PREVENT_ENUMERATION = True
# Asked by the box in the form: None leaves the choice to the person.
ACCOUNT_SESSION_REMEMBER = None
# Kept in the "durable" cache (members.apps). Beside the short windows of allauth: mails to one address an hour.
ACCOUNT_RATE_LIMITS = {
    "request_login_code": "20/m/ip,3/m/key,12/h/key",
    "confirm_email": "1/10s/key,12/h/key",
    "reset_password": "20/m/ip,5/m/key,12/h/key",
    "signup": "20/m/ip,60/h/ip",
}

MFA_ADAPTER = "members.second_factor.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "つなぐ"
MFA_TOTP_TOLERANCE = 1  # half a minute early or late
MFA_FORMS = {
    "authenticate": "members.second_factor_forms.AuthenticateForm",
    "reauthenticate": "members.second_factor_forms.ReauthenticateForm",
    "activate_totp": "members.second_factor_forms.ActivateTotpForm",
    "add_webauthn": "members.second_factor_forms.AddPasskeyForm",
    "edit_webauthn": "members.second_factor_forms.RenamePasskeyForm",
    "login_webauthn": "members.second_factor_forms.PasskeyLoginForm",
    "authenticate_webauthn": "members.second_factor_forms.PasskeyAuthenticateForm",
    "reauthenticate_webauthn": "members.second_factor_forms.PasskeyReauthenticateForm",
}
# Whoever may enter the staff screens needs a second factor first. On in production (`production.py`).
MFA_REQUIRED_FOR_STAFF = env.bool("MFA_REQUIRED_FOR_STAFF", default=False)

# The staff screens go through the same door as everybody.
WAGTAILADMIN_LOGIN_URL = "members:login"
WAGTAIL_FRONTEND_LOGIN_URL = "members:login"
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
