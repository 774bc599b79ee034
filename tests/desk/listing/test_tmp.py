from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.desk.holdings import put
from authorities.models import Place
def test_base(sit):
    c = sit("chen", "编目员")
    put(Place, "甲路", subdistrict="xujiahui")
    for url in ("/admin/holdings/", "/admin/holdings/?kind=place&words=甲&of-subdistrict=xujiahui&zzz=1", "/admin/holdings/translations/", "/admin/holdings/views/","/admin/tables/?ids=1","/admin/batch/?all=1&listed=source%3Dnone"):
        c.get(url)
        with CaptureQueriesContext(connection) as q:
            a=c.get(url)
        print(url, a.status_code, len(q), len(a.content))
        for one in q: print("   ", one["sql"][:300])
    open("/tmp/lists/out.html","wb").write(c.get("/admin/holdings/?words=甲").content)
