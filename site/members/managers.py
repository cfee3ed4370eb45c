"""Creating users by e-mail address."""

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager


class UserManager(BaseUserManager):
    """Users are known by e-mail address; there is no user name."""

    use_in_migrations = True

    def create_user(self, email: str, password: str | None = None, **extra: Any) -> AbstractBaseUser:
        """Create an ordinary user. `password=None` makes one who cannot log in by password."""
        if not email:
            raise ValueError("A user needs an e-mail address.")
        user = self.model(email=self.normalize_email(email).lower(), **extra)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **extra: Any) -> AbstractBaseUser:
        """Create an administrator who may do everything."""
        user: Any = self.create_user(email, password, is_staff=True, is_superuser=True, **extra)
        # Whoever may do this at the server's console needs no proof of the address by mail.
        user.emailaddress_set.create(email=user.email, verified=True, primary=True)
        return user

    def get_by_natural_key(self, username: str | None) -> AbstractBaseUser:
        return self.get(email=(username or "").lower())
